import HTTPClient
import Models
import Qdrant
import TestSupport
import Testing

@testable import Retrieval

/// Searches find the same in every store.
@Suite(.timeLimit(.minutes(3))) struct SearchContractTests {
  let model = HashingEmbeddingModel(dimensions: 256)

  private func words(_ seed: UInt64, documents count: Int) -> MemorySource {
    var random = SeededGenerator(seed)
    let words = (0..<120).map { "word\($0)" }
    let source = MemorySource([:])
    for number in 0..<count {
      let length = Int.random(in: 6...40, using: &random)
      // Low numbers come up more often, as words do.
      let text = (0..<length).map { _ in
        words[min(Int.random(in: 0..<120, using: &random), Int.random(in: 0..<120, using: &random))]
      }
      source["/memory/\(number % 2 == 0 ? "even" : "odd")/\(number).md"] = text.joined(separator: " ")
    }
    return source
  }

  private func fill(_ corpus: any CorpusStore, _ source: MemorySource) async throws {
    for (tag, folder) in [("even", "/memory/even/"), ("odd", "/memory/odd/")] {
      let discovery = Discovery(files: source.discovery.files.filter { $0.source.hasPrefix(folder) })
      let options = IndexingOptions(
        collection: tag == "even" ? "first" : "second", tags: [tag, "all"], batch: 500)
      _ = try await Indexer(corpus: corpus, model: model, loader: source, options: options).run(discovery)
    }
  }

  @Test(.enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"))
  func bothStoresRankAlike() async throws {
    let source = words(3, documents: 120)
    try await StoreKind.file.withPlace { file in
      try await StoreKind.qdrant.withPlace { server in
        let corpora = [try await file.open(.create), try await server.open(.create)]
        for corpus in corpora { try await fill(corpus, source) }
        var random = SeededGenerator(9)
        for mode in SearchMode.allCases {
          for _ in 0..<6 {
            let question = (0..<4).map { _ in "word\(Int.random(in: 0..<120, using: &random))" }.joined(
              separator: " ")
            let query = SearchQuery(question, mode: mode, limit: 10)
            let first = try await Searcher(corpus: corpora[0], model: model).search(query)
            let second = try await Searcher(corpus: corpora[1], model: model).search(query)
            #expect(first.passages.count == second.passages.count)
            for (a, b) in zip(first.passages, second.passages) {
              // The average length is that of the first batch there and of all chunks here.
              #expect(abs(a.score - b.score) <= 0.05 * max(1, a.score), "\(mode) \(question)")
            }
            let same = Set(first.passages.map(\.source)).intersection(second.passages.map(\.source))
            #expect(same.count >= first.passages.count - 1)
            #expect(first.passages.first?.source == second.passages.first?.source)
          }
        }
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func aPassageThatBeginsWithinATableKnowsItsHead(kind: StoreKind) async throws {
    let rows = (1...60).map { "E-\($0) | fault number \($0) of the pump | turn valve \($0)" }
    let table = (["code | meaning | cure"] + rows).joined(separator: "\n")
    let source = MemorySource(["/memory/errors.md": "# Errors\n\nAll of them.\n\n\(table)"])
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      _ = try await Indexer(corpus: corpus, model: model, loader: source, options: IndexingOptions())
        .run(source.discovery)
      let passages = try await Searcher(corpus: corpus, model: model).search(
        SearchQuery("fault of the pump", limit: 10, selection: PassageSelection.none)
      ).passages.sorted { $0.start < $1.start }
      #expect(passages.count > 1)
      for passage in passages {
        let isWithin = passage.text.hasPrefix("E-")
        #expect(passage.tableHead == (isWithin ? "code | meaning | cure" : nil), "\(passage.text.prefix(20))")
      }
      #expect(passages.count { $0.tableHead != nil } > 0, "\(passages.map { $0.text.prefix(60) })")
    }
  }

  @Test(arguments: StoreKind.testable)
  func filtersApplyBeforeTheBestAreTaken(kind: StoreKind) async throws {
    let source = words(5, documents: 40)
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      try await fill(corpus, source)
      let searcher = try await Searcher(corpus: corpus, model: model)
      for mode in SearchMode.allCases {
        for (filter, folder) in [
          (SearchFilter(collections: ["second"]), "/memory/odd/"),
          (SearchFilter(tags: ["even"]), "/memory/even/"),
          (SearchFilter(sourcePrefix: "/memory/od"), "/memory/odd/"),
          (SearchFilter(sourcePrefix: "memory/ev"), "/memory/even/"),
          (SearchFilter(collections: ["first", "second"], tags: ["odd"]), "/memory/odd/"),
        ] {
          let found = try await searcher.search(
            SearchQuery("word1 word2 word3 word5 word8", mode: mode, limit: 5, filter: filter)
          ).passages
          #expect(found.count == 5 && found.allSatisfy { $0.source.hasPrefix(folder) }, "\(mode) \(filter)")
        }
        let none = SearchFilter(collections: ["first"], tags: ["odd"])
        #expect(try await searcher.search(SearchQuery("word1", mode: mode, filter: none)).passages.isEmpty)
      }
      #expect(try await corpus.documents(matching: SearchFilter(tags: ["odd"])).count == 20)
      #expect(try await corpus.documents(matching: SearchFilter(sourcePrefix: "/memory/even/1")).count == 5)
    }
  }

  /// Four paragraphs, some of their letters outside ASCII.
  private func section(_ name: String) -> String {
    let sentences = (0..<12).map {
      "The \(name) számára \($0) keeps the joint number \($0) warm and naïve."
    }
    return "# \(name)\n\n"
      + stride(from: 0, to: 12, by: 3).map { sentences[$0..<$0 + 3].joined(separator: " ") }
      .joined(separator: "\n\n")
  }

  @Test(arguments: StoreKind.testable, [0, 8])
  func neighbouringChunksBecomeOnePassageOfTheStoredText(kind: StoreKind, overlap: Int) async throws {
    let source = MemorySource([
      "/memory/arm.md": section("Elbow") + "\n\n" + section("Wrist"), "/memory/leg.md": section("Knee"),
    ])
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      let options = IndexingOptions(chunking: ChunkingOptions(target: 40, overlap: overlap, minimum: 0))
      _ = try await Indexer(corpus: corpus, model: model, loader: source, options: options)
        .run(source.discovery)
      func search(_ selection: PassageSelection, _ limit: Int) async throws -> [Passage] {
        let extras = Searcher.Extras(selection: selection)
        let searcher = try await Searcher(corpus: corpus, model: model, extras: extras)
        return try await searcher.search(SearchQuery("joint", limit: limit)).passages
      }
      let single = try await search(.none, 50)
      let merged = try await search(PassageSelection(duplicates: nil), 10)
      #expect(Set(merged.map(\.headingPath)) == [["Elbow"], ["Wrist"], ["Knee"]])
      #expect(merged.count == 3 && merged.compactMap(\.chunks).reduce(0, +) == single.count)
      for passage in merged {
        let text = Array(try await corpus.text(of: passage.source).unicodeScalars)
        #expect(String(String.UnicodeScalarView(text[passage.start..<passage.end])) == passage.text)
      }
    }
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func whatIsMissingBetweenNeighboursIsReadWithOneRequest() async throws {
    let server = try await QdrantStandIn.start()
    defer { server.kill() }
    let client = QdrantClient(QdrantEndpoint(url: server.url, key: { nil }), http: HTTPClient())
    let corpus = try await QdrantCorpus.open(client, name: "texts", access: .create)
    let source = MemorySource(["/memory/a.md": section("Elbow"), "/memory/b.md": section("Knee")])
    let options = IndexingOptions(chunking: ChunkingOptions(target: 40, overlap: 0, minimum: 0))
    _ = try await Indexer(corpus: corpus, model: model, loader: source, options: options)
      .run(source.discovery)
    let extras = Searcher.Extras(selection: PassageSelection(duplicates: nil))
    let searcher = try await Searcher(corpus: corpus, model: model, extras: extras)
    // What every search needs now and then, such as the websites of folders, is read by the first.
    _ = try await searcher.search(SearchQuery("joint"))
    try await server.fault("{\"record\": true}")
    let found = try await searcher.search(SearchQuery("joint", limit: 10)).passages
    #expect(found.count == 2 && found.allSatisfy { ($0.chunks ?? 1) >= 3 }, "\(found)")
    let state = try JSONValue(parsing: try await server.state().utf8)
    let reads = state["recorded"]?.array?.filter { $0["path"] == "/collections/texts-documents/points" }
    // One for what readers may see of the documents, one for both texts.
    #expect(reads?.count == 2, "\(state.text.prefix(2000))")
  }

  @Test(arguments: StoreKind.testable)
  func phrasesCountForMore(kind: StoreKind) async throws {
    let source = MemorySource([
      "/memory/a.md": "The zero moment point lies below the foot.",
      "/memory/b.md": "A moment of zero point energy.",
      "/memory/c.md": "Nothing to see here.",
    ])
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      let searcher = try await Searcher(corpus: corpus, model: model)
      for mode in [SearchMode.lexical, .hybrid] {
        let preferred = try await searcher.search(SearchQuery("\"zero moment point\"", mode: mode)).passages
        #expect(preferred.first?.source == "/memory/a.md")
        let required = try await searcher.search(
          SearchQuery("\"zero moment point\"", mode: mode, phrases: .required)
        ).passages
        #expect(required.map(\.source) == ["/memory/a.md"])
      }
      let weights = try await searcher.index.inverseDocumentFrequencies(of: ["moment", "foot", "absent"])
      #expect(weights[0] > 0 && weights[1] > weights[0] && weights[2] == 0)
    }
  }

  @Test(arguments: StoreKind.testable)
  func anEmptyCorpusFindsNothing(kind: StoreKind) async throws {
    try await kind.withPlace { place in
      let searcher = try await Searcher(corpus: try await place.open(.create), model: model)
      for mode in SearchMode.allCases {
        #expect(try await searcher.search(SearchQuery("anything \"at all\"", mode: mode)).passages.isEmpty)
      }
    }
  }
}
