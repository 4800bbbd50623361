import HTTPClient
import TestSupport
import Testing

@testable import Qdrant

@Suite struct QdrantErrorTests {
  private static func client(_ url: String, key: String? = nil, attempts: Int = 1) -> QdrantClient {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return QdrantClient(
      QdrantEndpoint(url: url) { key }, http: HTTPClient(configuration: configuration),
      retries: Retrier(policy: RetryPolicy(attempts: attempts, base: .milliseconds(1))), timeout: .seconds(5))
  }

  @Test(arguments: [
    (401, "text/plain", "Invalid API key or JWT", QdrantError.Kind.authentication),
    (403, "text/plain", "Forbidden", .forbidden),
    (
      404, "application/json", #"{"status":{"error":"Not found: Collection `x` doesn't exist!"},"time":0}"#,
      .notFound
    ),
    (408, "application/json", #"{"status":{"error":"Timeout"},"time":0}"#, .timeout),
    (409, "application/json", #"{"status":{"error":"exists"},"time":0}"#, .conflict),
    (413, "text/plain", "payload too large", .tooLarge),
    (422, "application/json", #"{"status":{"error":"Validation error"},"time":0}"#, .invalidRequest),
    (429, "application/json", #"{"status":{"error":"Rate limiting exceeded"},"time":0}"#, .rateLimited),
    (500, "text/html", "<html>", .server),
    (503, "application/json", #"{"status":{"error":"shards"},"time":0}"#, .unavailable),
    (507, "application/json", #"{"status":{"error":"No space left"},"time":0}"#, .storageFull),
    (200, "text/html", "<html>A proxy's page</html>", .invalidResponse),
    (200, "application/json", #"{"result":{"count":"many"},"status":"ok"}"#, .invalidResponse),
  ])
  func statusesAreToldApart(status: Int, type: String, body: String, kind: QdrantError.Kind) async throws {
    let server = try LocalServer { _, connection in
      connection.respond(LocalResponse(status, headers: [("Content-Type", type)], body: Array(body.utf8)))
    }
    let error = try await #require(throws: QdrantError.self) {
      try await Self.client(server.url, key: "secret-key").count("x")
    }
    #expect(error.kind == kind)
    #expect(!error.hint.isEmpty)
    #expect(!error.description.contains("secret-key"))
  }

  @Test func theKeyTravelsInItsHeaderAndIsNeverShown() async throws {
    let server = try LocalServer { _, connection in
      connection.respond(
        LocalResponse(401, headers: [("Content-Type", "text/plain")], body: Array("bad key abc-123".utf8)))
    }
    let error = try await #require(throws: QdrantError.self) {
      try await Self.client(server.url, key: " abc-123\n").collections()
    }
    #expect(server.requests.last?.header("api-key") == "abc-123")
    #expect(!error.description.contains("abc-123"))
    #expect(error.description.contains("QDRANT_API_KEY"))
    #expect(QdrantEndpoint(url: "https://user:pass@host:6333/").shownURL == "https://host:6333")
  }

  @Test func whatWaitingCuresIsTriedAgain() async throws {
    let server = try LocalServer { _, connection in
      connection.respond(
        LocalResponse(
          503, headers: [("Retry-After", "0"), ("Content-Type", "application/json")],
          body: Array(#"{"status":{"error":"busy"}}"#.utf8)))
    }
    await #expect(throws: QdrantError.self) { try await Self.client(server.url, attempts: 3).count("x") }
    #expect(server.requests.count == 3)
  }

  @Test func aServerThatIsNotThereIsNamed() async throws {
    let error = try await #require(throws: QdrantError.self) {
      try await Self.client("127.0.0.1:1").collections()
    }
    #expect(error.kind == .connection)
    #expect(error.description.contains("http://127.0.0.1:1"))
  }
}
