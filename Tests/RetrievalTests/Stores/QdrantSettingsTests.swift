import HTTPClient
import Models
import Qdrant
import TestSupport
import Testing

@testable import Retrieval

/// What a server is told when a corpus is made on it and searched; the stand-in holds each request against the contract.
@Suite(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"), .timeLimit(.minutes(1)))
struct QdrantSettingsTests {
  private let model = HashingEmbeddingModel()
  private let source = MemorySource([
    "/memory/a.md": "# Arms\n\nArms have elbows.", "/memory/b.md": "Legs have knees.",
  ])

  private func client(_ server: QdrantStandIn) -> QdrantClient {
    QdrantClient(QdrantEndpoint(url: server.url) { nil }, http: HTTPClient())
  }

  /// The requests that `body` leads to.
  private func requests(
    _ settings: QdrantCorpus.Settings, _ body: (QdrantCorpus) async throws -> Void = { _ in }
  ) async throws -> [JSONValue] {
    let server = try await QdrantStandIn.start()
    try await server.fault(#"{"record": true}"#)
    let corpus = try await QdrantCorpus.open(
      client(server), name: "robots", access: .create,
      settings: settings)
    _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
    try await body(corpus)
    #expect(try await server.violations() == [])
    return try JSONValue(parsing: try await server.state().utf8)["recorded"]?.array ?? []
  }

  private func bodies(_ requests: [JSONValue], _ method: String, _ path: (String) -> Bool) -> [JSONValue] {
    requests.filter { $0["method"]?.string == method && path($0["path"]?.string ?? "") }
      .compactMap { $0["body"] }
  }

  private func collections(_ requests: [JSONValue]) throws -> (chunks: JSONValue, documents: JSONValue) {
    func made(_ prefix: String) throws -> JSONValue {
      try #require(
        bodies(requests, "PUT") { path in
          path.hasPrefix("/collections/robots-" + prefix) && path.split(separator: "/").count == 2
        }.first)
    }
    return (try made("chunks-"), try made("documents"))
  }

  @Test func `by default vectors are in memory and nothing is quantised`() async throws {
    let (chunks, documents) = try collections(try await requests(QdrantCorpus.Settings()))
    #expect(chunks["vectors"]?["dense"]?["distance"] == "Dot")
    #expect(chunks["sparse_vectors"] == ["bm25": ["modifier": "idf"]])
    for absent in ["quantization_config", "on_disk_payload", "shard_number", "replication_factor"] {
      #expect(chunks[absent] == nil && documents[absent] == nil, "\(absent)")
    }
    #expect(chunks["vectors"]?["dense"]?["on_disk"] == nil)
  }

  @Test func `what is to be on disk is, and what is to be quantised stays in memory`() async throws {
    var settings = QdrantCorpus.Settings()
    (settings.quantizes, settings.isOnDisk, settings.shards, settings.replicas) = (true, true, 6, 2)
    let (chunks, documents) = try collections(try await requests(settings))
    #expect(chunks["vectors"]?["dense"]?["on_disk"] == true)
    #expect(chunks["sparse_vectors"]?["bm25"] == ["modifier": "idf", "index": ["on_disk": true]])
    #expect(chunks["quantization_config"]?["scalar"]?["type"] == "int8")
    #expect(chunks["quantization_config"]?["scalar"]?["always_ram"] == true)
    for collection in [chunks, documents] {
      #expect(collection["on_disk_payload"] == true)
      #expect(collection["shard_number"] == 6 && collection["replication_factor"] == 2)
    }
  }

  @Test func `a hybrid search is one request, and quantised candidates are scored by their vectors`()
    async throws
  {
    let requests = try await requests(QdrantCorpus.Settings()) { corpus in
      let searcher = try await Searcher(corpus: corpus, model: model)
      let filter = SearchFilter(collections: ["default"], tags: [])
      _ = try await searcher.search(SearchQuery("elbows of arms", limit: 3, filter: filter))
    }
    let batches = bodies(requests, "POST") { $0.hasSuffix("/points/query/batch") }
      .compactMap { $0["searches"]?.array }
    let legs = batches.filter { $0.contains { $0["prefetch"] != nil } }
    #expect(legs.count == 1, "both legs come with one request")
    let queries = try #require(legs.first).filter { $0["prefetch"] != nil }
    #expect(queries.count == 4, "one scores by vectors, one by words, and one by each of few words")
    for query in queries {
      let prefetch = query["prefetch"]?.array ?? []
      #expect(prefetch.compactMap { $0["using"]?.string }.sorted() == ["bm25", "dense"])
      for leg in prefetch {
        #expect(leg["filter"]?["must"]?.array?.first?["key"] == "collection", "filters limit the candidates")
        #expect(leg["filter"]?["must_not"]?.array?.first?["key"] == "staged")
        let isDense = leg["using"] == "dense"
        #expect((leg["params"]?["quantization"]?["rescore"] == true) == isDense)
      }
      let isDense = query["using"] == "dense"
      #expect((query["params"]?["quantization"]?["ignore"] == true) == isDense)
    }
  }

  @Test func `every write is waited for`() async throws {
    let server = try await QdrantStandIn.start()
    try await server.fault(#"{"record": true}"#)
    let corpus = try await QdrantCorpus.open(
      client(server), name: "robots", access: .create)
    _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
    let recorded = try JSONValue(parsing: try await server.state().utf8)["recorded"]?.array ?? []
    let writes = recorded.filter { request in
      let path = request["path"]?.string ?? ""
      return request["method"] == "PUT" && path.hasSuffix("/points") || path.hasSuffix("/points/delete")
        || path.contains("/points/payload")
    }
    #expect(!writes.isEmpty)
    for write in writes {
      #expect(write["query"]?.string?.contains("wait=true") == true, "\(write["path"] ?? "")")
    }
  }
}
