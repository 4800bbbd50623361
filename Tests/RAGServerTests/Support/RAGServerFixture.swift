import Commands
import FoundationEssentials
import HTTPClient
import HTTPServer
import Models
import Retrieval
import TestSupport

@testable import RAGServer

/// A running server over a corpus of a few documents.
struct RAGServerFixture: Sendable {
  static let robots = [
    "arm.md": "# Arm\n\nThe elbow joint bends the arm by 150 degrees.",
    "leg.md": "# Leg\n\nThe knee joint bends the leg by 120 degrees.",
    "eye.md": "# Eye\n\nA camera looks at the world through a lens.",
  ]

  let place: CorpusPlace
  let model: any EmbeddingModel
  let port: Int
  let messages: MemorySink
  let application: Application

  var directory: String { place.directory }
  var database: String { directory + "/test.db" }

  /// Takes documents in through a connection of its own, as another process would.
  func ingest(_ documents: [String: String]) async throws { try await place.ingest(documents, model) }

  func send(
    _ method: String, _ target: String, headers: [String] = [], body: String = ""
  ) async throws -> RawResponse {
    let port = port
    return try await RawHTTPClient.onThread {
      let client = try RawHTTPClient(port: port)
      var head = "\(method) \(target) HTTP/1.1\r\nHost: test\r\n"
      for header in headers { head += header + "\r\n" }
      if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
      try client.send(head + "\r\n" + body)
      return try client.readResponse(toHEAD: method == "HEAD")
    }
  }

  func post(_ target: String, _ body: String) async throws -> RawResponse {
    try await send("POST", target, headers: ["Content-Type: application/json"], body: body)
  }
}

extension RawResponse {
  struct Failure: Decodable {
    struct Content: Decodable {
      var code: String
      var message: String
      var hint: String?
      var requestID: String?

      enum CodingKeys: String, CodingKey {
        case code, message, hint
        case requestID = "request_id"
      }
    }

    var error: Content
  }

  func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(body))
  }

  func failure() throws -> Failure.Content { try json(Failure.self).error }
}

/// Runs `body` against a server over `documents` on a free port.
///
/// - Parameter kind: where the documents are.
func withRAGServer(
  _ documents: [String: String] = RAGServerFixture.robots, on kind: CorpusKind = .file,
  model: any EmbeddingModel = HashingEmbeddingModel(dimensions: 512),
  configure: (inout ApplicationConfiguration) -> Void = { _ in },
  _ body: (RAGServerFixture) async throws -> Void
) async throws {
  try await kind.withPlace { place in
    try await place.ingest(documents, model)
    try await RAGServerFixture.run(over: place, model, configure, body)
  }
}

extension RAGServerFixture {
  /// Runs `body` against another server over the same corpus and state, as after a restart.
  func again(
    configure: (inout ApplicationConfiguration) -> Void = { _ in },
    _ body: (RAGServerFixture) async throws -> Void
  ) async throws {
    try await Self.run(over: place, model, configure, body)
  }

  static func run(
    over place: CorpusPlace, _ model: any EmbeddingModel,
    _ configure: (inout ApplicationConfiguration) -> Void,
    _ body: (RAGServerFixture) async throws -> Void
  ) async throws {
    let messages = MemorySink()
    var configuration = ApplicationConfiguration(
      database: place.directory + "/test.db",
      log: Log(output: Output(results: MemorySink(), messages: messages)),
      settings: Settings(environment: ["RATE_LIMIT": "off"])
    ) { _ in model }
    configuration.server.port = 0
    configuration.corpus = place.open
    configuration.isCorpusShared = place.isShared
    // Proxies of the environment would stand between the server and the fakes.
    var client = HTTPClient.Configuration()
    client.proxy = .none
    configuration.client = HTTPClient(configuration: client)
    configure(&configuration)
    let application = try await buildApplication(configuration: configuration)
    let address = try application.server.start()
    let fixture = RAGServerFixture(
      place: place, model: model, port: address.port, messages: messages, application: application)
    do {
      try await body(fixture)
    } catch {
      await application.stop(within: .zero)
      throw error
    }
    await application.stop(within: .zero)
  }
}

/// Settings under which a fake answers in place of the provider.
func asking(
  _ fake: FakeOpenAI, _ others: [String: String] = [:]
) -> (inout ApplicationConfiguration) -> Void {
  setting(
    \.settings,
    Settings(
      environment: [
        "OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL, "RATE_LIMIT": "off",
      ].merging(others) { $1 }))
}

/// A change of one member of a configuration.
func setting<Value>(
  _ member: WritableKeyPath<ApplicationConfiguration, Value>, _ value: Value
) -> (inout ApplicationConfiguration) -> Void {
  { $0[keyPath: member] = value }
}
