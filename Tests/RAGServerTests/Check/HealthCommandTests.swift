import Commands
import FoundationEssentials
import HTTPClient
import Qdrant
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

@Suite(.timeLimit(.minutes(2))) struct HealthCommandTests {
  private struct Report: Decodable {
    var url: String
    var healthy: Bool
    var steps: [CheckStep]
  }

  private func health(
    _ arguments: [String], environment: [String: String] = [:]
  ) async -> (code: ExitCode, output: String, messages: String) {
    let sink = MemorySink()
    let messages = MemorySink()
    let code = await ServerProgram.program.run(
      ["health"] + arguments, settings: Settings(environment: environment),
      output: Output(results: sink, messages: messages))
    return (code, sink.text, messages.text)
  }

  @Test func `a server that is not there fails with the step and what to do`() async throws {
    let (code, output, _) = await health(["--qdrant", "http://127.0.0.1:1", "--json"])
    #expect(code == .failure)
    let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    #expect(!report.healthy && report.url == "http://127.0.0.1:1")
    #expect(report.steps.map(\.name) == ["dns", "tcp", "tls", "http", "ready", "auth", "collection"])
    #expect(report.steps[1].status == .failed && report.steps[1].hint?.contains("6333") == true)
  }

  @Test func `without an address it is a wrong usage`() async {
    let (code, _, messages) = await health([])
    #expect(code == .usage && messages.contains("QDRANT_URL"))
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func `a server that works passes, and its key is never shown`() async throws {
    let server = try await QdrantStandIn.start(key: "key-of-the-test")
    let well = await health(["--qdrant", server.url], environment: ["QDRANT_API_KEY": "key-of-the-test"])
    #expect(well.code == .success && well.output.contains("Qdrant 1.19.0 answers"))
    let wrong = await health(
      ["--qdrant", server.url], environment: ["QDRANT_API_KEY": "wrong-key-of-the-test"])
    #expect(wrong.code == .failure && wrong.output.contains("Set QDRANT_API_KEY"))
    #expect(!(well.output + wrong.output + wrong.messages).contains("key-of-the-test"))
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func `a corpus on Qdrant is served and its health is told`() async throws {
    let server = try await QdrantStandIn.start()
    let name = QdrantStandIn.uniqueName()
    let client = QdrantClient(QdrantEndpoint(url: server.url), http: HTTPClient())
    let model = HashingEmbeddingModel()
    try await withTemporaryDirectory { directory in
      try write("# Leg\n\nThe knee joint bends the leg by 120 degrees.", to: directory + "/docs/leg.md")
      let corpus = try await QdrantCorpus.open(client, name: name, access: .create)
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
        .walk([directory + "/docs"]))
    }
    let open: @Sendable (Corpus.Access) async throws -> any CorpusStore = {
      try await QdrantCorpus.open(client, name: name, access: $0)
    }
    try await withRAGServer(model: model, configure: setting(\.corpus, open)) { service in
      let found = try await service.post("/api/search", #"{"query": "knee joint"}"#)
      #expect(found.status == 200 && found.text.contains("leg.md"))
      let health = try await service.send("GET", "/api/health")
      #expect(health.status == 200 && health.text.contains("\"qdrant\""))
      try await server.dropIndex("hash", of: name)
      #expect(try await corpusPart(name, client).level == .broken)
      try await server.fault(#"{"partly_down": true}"#)
      let failed = try await service.post("/api/search", #"{"query": "knee joint"}"#)
      #expect(failed.status == 503 && failed.text.contains("corpus_unavailable"))
    }
  }

  private func corpusPart(_ name: String, _ client: QdrantClient) async throws -> StoreFinding {
    let findings = try await QdrantCorpus.open(client, name: name, access: .read).findings(isThorough: false)
    return findings.first { $0.check == "indexes" } ?? findings[0]
  }
}
