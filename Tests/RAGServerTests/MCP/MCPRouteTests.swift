import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import MCP
@testable import RAGServer

@Suite struct MCPRouteTests {
  private static let list = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#

  @Test func itAnswersWithoutAHandshake() async throws {
    try await withRAGServer { fixture in
      let response = try await fixture.post("/mcp", Self.list)
      #expect(response.status == 200)
      let tools = try response.json(JSONValue.self)["result"]?["tools"]?.array ?? []
      #expect(tools.compactMap { $0["name"]?.string } == ["search", "fetch", "ask"])
    }
  }

  @Test(arguments: ["GET", "DELETE"])
  func onlyPOSTIsAllowed(method: String) async throws {
    try await withRAGServer { fixture in
      let response = try await fixture.send(method, "/mcp")
      #expect(response.status == 405 && response.header("Allow")?.contains("POST") == true)
    }
  }

  @Test(arguments: [
    ("https://evil.example", "localhost:8080", 403), ("null", "localhost:8080", 403),
    ("http://localhost:8080", "localhost:8080", 200), ("http://127.0.0.1:8080", "127.0.0.1:8080", 200),
    ("http://[::1]:8080", "[::1]:8080", 200), ("http://localhost:9999", "localhost:8080", 403),
    // A name that its owner has resolved to this machine.
    ("http://rebound.example:8080", "rebound.example:8080", 403),
    ("https://app.example", "localhost:8080", 200),
  ])
  func pagesOfOthersAreRefused(origin: String, host: String, status: Int) async throws {
    try await withRAGServer(configure: setting(\.origins, .only(["https://app.example"]))) { fixture in
      let port = fixture.port
      let body = Self.list
      let response = try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        try client.send(
          "POST /mcp HTTP/1.1\r\nHost: \(host)\r\nOrigin: \(origin)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try client.readResponse(toHEAD: false)
      }
      #expect(response.status == status)
    }
  }

  @Test func aBodyBeyondTheLimitIsRefused() async throws {
    try await withRAGServer { fixture in
      let body =
        #"{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"\#(String(repeating: "x", count: 5 << 20))"}}"#
      let response = try await fixture.post("/mcp", body)
      #expect(response.status == 413)
    }
  }

  @Test func progressIsStreamed() async throws {
    try await withRAGServer { fixture in
      let body = """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"What bends the \
        leg?"},"_meta":{"progressToken":"p"}}}
        """
      let response = try await fixture.post("/mcp", body)
      #expect(response.header("Content-Type") == "text/event-stream")
      #expect(response.text.contains("notifications/progress") && response.text.contains("\"result\""))
    }
  }

  @Test(arguments: [
    ("search", #"{"query":"What bends the leg?"}"#), ("ask", #"{"question":"What bends the leg?"}"#),
  ])
  func whereTheEmbeddingModelFailsWordsAloneAreSearchedForUnlessThatIsOff(
    tool: String, arguments: String
  ) async throws {
    let model = FaultyModel()
    let call =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    for fallback in ["on", "off"] {
      model.set(nil)
      let settings = Settings(environment: ["RATE_LIMIT": "off", "FALLBACK": fallback])
      try await withRAGServer(model: model, configure: setting(\.settings, settings)) { fixture in
        model.set(.error(ModelError(.quotaExceeded, provider: "openai", message: "Spent.", hint: "Pay.")))
        let result = try await fixture.post("/mcp", call).json(JSONValue.self)["result"]
        #expect(result?["isError"] == .bool(fallback == "off"), "\(String(describing: result))")
        if fallback == "on" {
          #expect(result?["structuredContent"]?["degraded"] == true)
        } else {
          #expect(result?["content"]?.array?.first?["text"] == "Spent. Pay.")
        }
      }
    }
  }

  struct Report: Decodable {
    struct Result: Decodable { var title: String }
    struct Search: Decodable { var results: [Result] }
    struct Text: Decodable { var text: String }
    struct Answer: Decodable { var answered: Bool }
    var version: String
    var tools: [String]
    var resources: [String]
    var templates: [String]
    var search: Search
    var fetch: Text
    var ask: Answer
    var wrong: [JSONValue]
    var unknown: String
    var progress: [[JSONValue]]
  }

  @Test(
    .enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"),
    arguments: [("legacy", "2025-11-25"), ("2026-07-28", "2026-07-28"), ("auto", "2026-07-28")])
  func theOfficialClientIsServed(mode: String, version: String) async throws {
    try await withRAGServer { fixture in
      let (code, output, errors) = try await PythonPeer.run(
        PythonPeer.client, [mode, "http://127.0.0.1:\(fixture.port)/mcp"])
      try #require(code == 0, "\(errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
      #expect(report.version == version && report.tools == ["search", "fetch", "ask"])
      #expect(report.resources.count == 3 && report.templates == ["footnote://documents/{source}"])
      #expect(report.search.results.map(\.title) == ["Leg"] && report.fetch.text.contains("knee joint"))
      #expect(report.ask.answered && report.progress.count == 3)
      #expect(report.wrong.first == true && report.unknown.contains("Unknown tool: serch"))
    }
  }
}
