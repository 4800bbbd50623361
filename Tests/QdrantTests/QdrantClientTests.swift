import HTTPClient
import TestSupport
import Testing

@testable import Qdrant

/// The client against a server; every request and answer is compared with Qdrant's OpenAPI description.
@Suite(.enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"), .timeLimit(.minutes(2)))
struct QdrantClientTests {
  struct Payload: Codable, Sendable, Equatable {
    var source: String
    var number: Int
    var tags: [String] = []
  }

  static func client(_ server: QdrantStandIn, attempts: Int = 1) -> QdrantClient {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return QdrantClient(
      QdrantEndpoint(url: server.url) { server.key }, http: HTTPClient(configuration: configuration),
      retries: Retrier(policy: RetryPolicy(attempts: attempts, base: .milliseconds(1))), timeout: .seconds(20)
    )
  }

  private func id(_ number: Int) -> PointID {
    .uuid("00000000-0000-4000-8000-" + String(String(1_000_000_000_000 + number).dropFirst()))
  }

  private func withCollection(_ body: (QdrantClient, String) async throws -> Void) async throws {
    let server = try await QdrantStandIn.shared()
    let client = Self.client(server)
    let name = QdrantStandIn.uniqueName()
    try await client.createCollection(
      name,
      CollectionSettings(
        vectors: ["dense": .init(size: 3, distance: .dot)], sparse: ["bm25": .init(modifier: "idf")],
        quantization: .int8, onDiskPayload: true))
    for (field, kind) in [("source", PayloadIndex.prefix), ("number", .integer), ("tags", .keyword)] {
      try await client.createIndex(kind, of: field, in: name)
    }
    let result: Result<Void, any Error>
    do { result = .success(try await body(client, name)) } catch { result = .failure(error) }
    try await client.deleteCollection(name)
    try result.get()
    #expect(try await server.violations() == [])
  }

  private func points(_ count: Int) -> [Point<Payload>] {
    (0..<count).map { number in
      Point(
        id(number),
        PointVectors(
          dense: ["dense": [Float(number) / 7, 0.1, -0.3]],
          sparse: ["bm25": SparseVector(indices: [1, UInt32(number + 10)], values: [0.5, 1.25])]),
        payload: Payload(source: "/docs/\(number).md", number: number % 3, tags: ["t\(number % 2)"]))
    }
  }

  @Test func whatIsWrittenIsReadBackBitForBit() async throws {
    try await withCollection { client, name in
      let written = points(20)
      try await client.upsert(written, into: name)
      let read = try await client.retrieve(
        written.map(\.id), from: name, vectors: .named(["dense", "bm25"]), as: Payload.self)
      #expect(read.count == 20)
      for record in read {
        let point = try #require(written.first { $0.id == record.id })
        #expect(record.payload == point.payload && record.vector == point.vectors)
      }
      #expect(try await client.collection(name)?.config.params.vectors["dense"]?.size == 3)
    }
  }

  @Test func filtersCountsScrollsAndFacetsAgree() async throws {
    try await withCollection { client, name in
      try await client.upsert(points(25), into: name)
      #expect(try await client.count(name) == 25)
      #expect(try await client.count(name, Filter(must: [.prefix("source", "/docs/1")])) == 11)
      #expect(
        try await client.count(name, Filter(must: [.any("tags", ["t1"])], mustNot: [.hasID([id(1)])])) == 11)
      var seen: [Int] = []
      try await client.forEachPage(of: name, limit: 4, as: Payload.self) { page in
        seen += page.compactMap(\.payload?.number)
      }
      #expect(seen.count == 25)
      let facet = try await client.facet("number", of: name, limit: 10, as: Int.self)
      #expect(facet.reduce(0) { $0 + $1.count } == 25 && facet.count == 3)
    }
  }

  @Test func oneRequestScoresWhatBothLegsFindByEach() async throws {
    try await withCollection { client, name in
      try await client.upsert(points(12), into: name)
      let words = SparseVector(indices: [13], values: [1])
      let legs = [
        Query.Prefetch(.dense([1, 0, 0]), using: "dense", limit: 2),
        Query.Prefetch(.sparse(words), using: "bm25", limit: 2),
      ]
      let answers = try await client.query(
        [
          Query(.dense([1, 0, 0]), using: "dense", prefetch: legs, limit: 9),
          Query(.sparse(words), using: "bm25", prefetch: legs, limit: 9),
          Query(.rankFusion(k: 60), prefetch: legs, limit: 9),
        ], in: name)
      #expect(answers[0].map(\.id) == [id(11), id(10), id(3)])
      #expect(answers[1].map(\.id) == [id(3)])
      #expect(Set(answers[2].map(\.id)) == [id(11), id(10), id(3)])
    }
  }

  @Test func changesAndDeletionsAreApplied() async throws {
    struct Change: Encodable {
      var number: Int
    }
    try await withCollection { client, name in
      try await client.upsert(points(6), into: name)
      try await client.setPayload(Change(number: 9), of: .points([id(0)]), in: name)
      try await client.deletePayload(
        ["tags"], of: .matching(Filter(must: [.keyword("source", "/docs/1.md")])), in: name)
      try await client.delete(.matching(Filter(must: [.keyword("source", "/docs/2.md")])), from: name)
      try await client.upsert(
        [Point(id(0), payload: Payload(source: "other", number: 1))], into: name, insertsOnly: true)
      try await client.updateVectors(
        [(id: id(3), vectors: PointVectors(dense: ["dense": [9, 9, 9]]))], of: name)
      let records = try await client.retrieve(
        (0..<6).map(id), from: name, vectors: .named(["dense", "bm25"]), as: NumberAndTags.self)
      let found = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
      #expect(found[id(0)]?.payload?.number == 9 && found[id(1)]?.payload?.tags == nil && found[id(2)] == nil)
      #expect(
        found[id(3)]?.vector?.dense["dense"] == [9, 9, 9] && found[id(3)]?.vector?.sparse["bm25"] != nil)
    }
  }

  struct NumberAndTags: Decodable, Sendable {
    var number: Int?
    var tags: [String]?
  }

  @Test func anAliasMovesAtOnceAndMakingACollectionTwiceIsNoError() async throws {
    try await withCollection { client, name in
      try await client.createCollection(
        name, CollectionSettings(vectors: ["dense": .init(size: 3, distance: .dot)]))
      let alias = name + "-alias"
      try await client.setAlias(alias, to: name)
      try await client.setAlias(alias, to: name)
      #expect(try await client.collection(ofAlias: alias) == name)
      #expect(try await client.count(alias) == 0)
      try await client.deleteAlias(alias)
      #expect(try await client.collection(ofAlias: alias) == nil)
      #expect(try await client.collection(alias) == nil)
    }
  }

  @Test func snapshotsAreMadeListedAndDeleted() async throws {
    try await withCollection { client, name in
      try await client.upsert(points(3), into: name)
      let made = try await client.createSnapshot(of: name)
      #expect(try await client.snapshots(of: name).map(\.name) == [made.name])
      try await client.deleteSnapshot(made.name, of: name)
      #expect(try await client.snapshots(of: name).isEmpty)
    }
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func aWriteThatMeetsABusyServerIsRepeated() async throws {
    let server = try await QdrantStandIn.start()
    let client = Self.client(server, attempts: 4)
    try await client.createCollection(
      "c", CollectionSettings(vectors: ["dense": .init(size: 3, distance: .dot)], sparse: ["bm25": .init()]))
    try await server.fault(#"{"status": 429, "times": 2, "retry_after": 0}"#)
    try await client.upsert(points(3), into: "c")
    #expect(try await client.count("c") == 3)
    try await server.fault(#"{"partly_down": true}"#)
    let error = try await #require(throws: QdrantError.self) { try await client.count("c") }
    #expect(error.kind == .unavailable)
    #expect(try await client.isReady() == false)
  }
}
