import HTTPServer
import Models
import TestSupport
import Testing

@testable import RAGServer

/// What holds for every route.
@Suite struct ApplicationTests {
  @Test(
    arguments: [
      ("GET", "/nowhere", 404, "not_found", nil),
      ("GET", "/api/nowhere", 404, "not_found", nil),
      ("GET", "/api/chat", 405, "method_not_allowed", "OPTIONS, POST"),
      ("DELETE", "/api/search", 405, "method_not_allowed", "OPTIONS, POST"),
      ("POST", "/health", 405, "method_not_allowed", "GET, HEAD, OPTIONS"),
    ] as [(String, String, Int, String, String?)])
  func `unknown paths and wrong methods are told apart`(
    method: String, path: String, status: Int, code: String, allow: String?
  ) async throws {
    try await withRAGServer { server in
      let response = try await server.send(method, path, headers: ["X-Request-Id: mine-1"])
      let failure = try response.failure()
      #expect(response.status == status && failure.code == code && response.header("Allow") == allow)
      #expect(failure.hint?.isEmpty == false, "every error says what to do")
      #expect(failure.requestID == "mine-1" && response.header("X-Request-Id") == "mine-1")
      #expect(response.header("X-Content-Type-Options") == "nosniff")
    }
  }

  @Test func `a body of another type is refused`() async throws {
    try await withRAGServer { server in
      let response = try await server.send(
        "POST", "/api/chat", headers: ["Content-Type: text/plain"], body: "hello")
      #expect(response.status == 415)
    }
  }

  @Test func `only pages of the configured sites may read replies`() async throws {
    try await withRAGServer(configure: setting(\.origins, .only(["https://a.example"]))) { server in
      let allowed = try await server.send("GET", "/health", headers: ["Origin: https://a.example"])
      #expect(allowed.header("Access-Control-Allow-Origin") == "https://a.example")
      let other = try await server.send("GET", "/health", headers: ["Origin: https://b.example"])
      #expect(other.header("Access-Control-Allow-Origin") == nil)
      let preflight = try await server.send(
        "OPTIONS", "/api/chat",
        headers: ["Origin: https://b.example", "Access-Control-Request-Method: POST"])
      #expect(preflight.status == 403)
      #expect(try preflight.failure().hint?.contains("CORS_ORIGINS") == true)
    }
  }

  @Test func `a request that takes too long is answered 504`() async throws {
    let model = FaultyModel()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    defer { opener.finish() }
    model.set(.hanging(until: gate))
    try await withRAGServer(model: model, configure: setting(\.requestTimeout, .milliseconds(30))) { server in
      let response = try await server.post("/api/chat", #"{"message": "knee"}"#)
      #expect(response.status == 504)
      #expect(try response.failure().code == "timeout")
    }
  }

  @Test func `the log tells of each request but not its words`()
    async throws
  {
    try await withRAGServer { server in
      _ = try await server.post("/api/chat?key=hidden", #"{"message": "confidential knee"}"#)
      _ = try await server.send("GET", "/nowhere", headers: ["X-Request-Id: lost"])
      await server.application.stop(within: .seconds(10))
      let log = server.messages.text
      #expect(log.contains("POST /api/chat status=200 milliseconds="))
      #expect(log.contains("GET /nowhere status=404") && log.contains("client=127.0.0.1 request_id=lost"))
      #expect(!log.contains("confidential") && !log.contains("hidden"))
    }
  }
}
