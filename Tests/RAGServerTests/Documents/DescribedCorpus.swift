import Commands
import FoundationEssentials
import HTTPClient
import Models
import Retrieval
import Setup
import TestSupport

@testable import RAGServer

/// A server over a corpus whose chunks a stand-in for OpenAI has described, with settings that may change.
struct DescribedCorpus {
  static let admin = ["X-API-Key: secret"]
  static let model = "gpt-5.4-mini"

  let server: RAGServerFixture
  let fake: FakeOpenAI

  /// What describing has been asked for so far.
  var asked: [TestJSON] { fake.provider.bodies("/v1/chat/completions") }

  /// The variables that name the fake.
  var provider: [String: String] { Self.provider(fake) }

  private static func provider(_ fake: FakeOpenAI) -> [String: String] {
    ["OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL, "OPENAI_MODEL": model]
  }

  /// - Parameters:
  ///   - settings: beside those that name the fake, or in place of them; a value of nothing unsets one.
  ///   - serving: the fake that the server is told of, where that is another one.
  static func run(
    on kind: CorpusKind = .file, settings: [String: String] = [:], serving other: FakeOpenAI? = nil,
    _ body: (DescribedCorpus) async throws -> Void
  ) async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It is about the Zanzibar robot."], usage: (900, 30))
    }
    let embedding = HashingEmbeddingModel(dimensions: 512)
    try await kind.withPlace { place in
      var client = HTTPClient.Configuration()
      client.proxy = .none
      let setup = ChatSetup(
        settings: Settings(environment: provider(fake)), client: HTTPClient(configuration: client))
      let corpus = try await place.open(.create)
      guard let chat = try setup.model() else { return }
      try write("# Leg\n\nThe knee joint bends by 120 degrees.", to: place.directory + "/docs/leg.md")
      let describer = ChunkDescriber(model: chat, memory: corpus, options: .init(limit: .dollars(1)))
      let options = IndexingOptions(chunking: ChunkingOptions(target: 100)).describing(by: describer)
      _ = try await Indexer(corpus: corpus, model: embedding, loader: DocumentReader(), options: options)
        .run(.walk([place.directory + "/docs"]))
      let file = place.directory + "/.env"
      try set(provider(other ?? fake).merging(settings) { $1 }, in: file)
      let configure = setting(
        \.settings, Settings(environment: ["ADMIN_API_KEY": "secret", "RATE_LIMIT": "off"], file: file))
      try await RAGServerFixture.run(over: place, embedding, configure) { server in
        try await body(DescribedCorpus(server: server, fake: other ?? fake))
      }
    }
  }

  /// Changes the settings of the running server.
  func set(_ variables: [String: String]) throws {
    try Self.set(variables, in: server.directory + "/.env")
  }

  private static func set(_ variables: [String: String], in file: String) throws {
    try write(variables.map { "\($0)=\($1)\n" }.sorted().joined(), to: file)
  }

  func send(_ name: String, _ text: String) async throws -> RawResponse {
    let body: JSONValue = ["name": .string(name), "text": .string(text)]
    return try await server.send(
      "POST", "/api/documents", headers: Self.admin + ["Content-Type: application/json"], body: body.text)
  }

  func upload(_ response: RawResponse) throws -> UploadReply? {
    try response.json(UploadList.self).uploads.first
  }

  /// Waits until the upload has ended, or waits with a reason.
  func settled(_ id: String) async throws -> UploadReply {
    let start = ContinuousClock.now
    while true {
      let upload = try await server.send("GET", "/api/documents/uploads/\(id)", headers: Self.admin)
        .json(UploadReply.self)
      let isSettled = upload.status == .ready || upload.status == .failed
      if isSettled || upload.error != nil || .now - start > .seconds(15) { return upload }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  func documents() async throws -> [DocumentReply] {
    try await server.send("GET", "/api/documents", headers: Self.admin).json(DocumentList.self).documents
  }

  /// Texts of the passages that hold a word, which may be one of their descriptions.
  func found(_ word: String) async throws -> String {
    try await server.post("/api/search", #"{"query": "\#(word)", "mode": "lexical"}"#).text
  }

  func reread(_ name: String) async throws -> RawResponse {
    let document = try await documents().first { $0.name == name }
    return try await server.send(
      "POST", "/api/documents/\(document?.id ?? 0)/reingest", headers: Self.admin)
  }
}
