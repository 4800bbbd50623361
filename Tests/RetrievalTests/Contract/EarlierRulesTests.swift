import HTTPClient
import Models
import Qdrant
import TestSupport
import Testing

@testable import Retrieval

@Suite(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
struct EarlierRulesTests {
  private struct Rules: Encodable {
    var lexical: String
  }

  @Test func `a corpus on a server whose words an earlier version has weighed says so and is repaired`()
    async throws
  {
    let server = try await QdrantStandIn.start()
    defer { server.kill() }
    let client = QdrantClient(QdrantEndpoint(url: server.url), http: HTTPClient())
    let corpus = try await QdrantCorpus.open(client, name: "corpus", access: .create)
    let model = HashingEmbeddingModel()
    let source = MemorySource(["/memory/a.md": "Ropes carry loads.", "/memory/b.md": "Legs have knees."])
    _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
    let searcher = try await Searcher(corpus: corpus, model: model)
    func found() async throws -> [String] {
      try await searcher.search(SearchQuery("ropes", mode: .lexical)).passages.map(\.source)
    }
    let collection = try await corpus.chunkCollection()
    func set(_ rules: String) async throws {
      try await client.setPayload(Rules(lexical: rules), of: .points([QdrantNames.meta]), in: collection)
    }
    try await set("1;english;1")
    let error = await #expect(throws: CorpusError.self) { try await found() }
    #expect(error?.description.contains("ingest doctor --repair") == true)
    func problems() async throws -> [StoreFinding] {
      try await corpus.findings(isThorough: true).filter { $0.level != .healthy }
    }
    #expect(try await problems().map(\.repair) == ["ingest doctor --repair"])
    #expect(try await corpus.repair() == ["worked the weights of words out anew"])
    #expect(try await found() == ["/memory/a.md"])
    #expect(try await problems() == [])
    try await set("99;english;1")
    #expect(try await problems().map(\.repair) == [nil])
    #expect(try await corpus.repair() == [])
  }
}
