import Models
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite struct SearcherTests {
  let model = HashingEmbeddingModel(dimensions: 512)

  private func withSearcher(
    _ documents: [String: String], _ body: (Searcher, Indexer, MemorySource) async throws -> Void
  )
    async throws
  {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(documents)
      let indexer = Indexer(corpus: corpus, model: model, loader: source)
      _ = try await indexer.run(source.discovery)
      try await body(try await Searcher(corpus: corpus, model: model), indexer, source)
    }
  }

  let robots = [
    "/memory/arm.md": "# Arm\n\nThe elbow joint bends the arm.",
    "/memory/leg.md": "# Leg\n\nThe knee joint bends the leg.",
    "/memory/eye.md": "# Eye\n\nA camera looks at the world.",
  ]

  @Test(arguments: SearchMode.allCases)
  func theBestPassageComesFirstWithItsScores(mode: SearchMode) async throws {
    try await withSearcher(robots) { searcher, _, _ in
      let result = try await searcher.search(SearchQuery("knee joint bends the leg", mode: mode))
      let first = try #require(result.passages.first)
      #expect(first.source == "/memory/leg.md")
      #expect(first.headingPath == ["Leg"])
      #expect((first.denseScore != nil) == (mode != .lexical))
      #expect((first.lexicalScore != nil) == (mode != .dense))
      #expect(result.passages.map(\.score) == result.passages.map(\.score).sorted(by: >))
      let text = try await searcher.corpus.text(of: first.source)
      #expect(
        String(String.UnicodeScalarView(Array(text.unicodeScalars)[first.start..<first.end])) == first.text)
    }
  }

  @Test func denseSearchIsExact() async throws {
    var random = SeededGenerator(1)
    let words = (0..<200).map { "word\($0)" }
    var documents: [String: String] = [:]
    for number in 0..<300 {
      documents["/memory/\(number).md"] = (0..<12).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
    }
    try await withSearcher(documents) { searcher, _, _ in
      for _ in 0..<5 {
        let question = (0..<4).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
        let query = try await model.embed([question], as: .query)[0]
        var expected: [Double] = []
        for text in documents.values {
          let vector = try await model.embed([text], as: .query)[0]
          expected.append(Double(zip(query, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 }))
        }
        let found = try await searcher.search(SearchQuery(question, mode: .dense, limit: 20))
        for (score, truth) in zip(found.passages.map(\.score), expected.sorted(by: >)) {
          #expect(abs(score - truth) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: [
    "knee\"", "\"unclosed", "knee AND", "NOT knee", "knee OR", "NEAR(knee joint)", "text:knee", "knee*",
    "^knee", "(knee",
    "-knee +joint", "'; DROP TABLE chunks; -- knee", "{header text}: knee", "knee\u{0}joint",
    "knee?!… «joint»",
  ])
  func whatAQuestionHoldsIsDataNotSyntax(question: String) async throws {
    try await withSearcher(robots) { searcher, _, _ in
      let result = try await searcher.search(SearchQuery(question, mode: .lexical))
      #expect(
        question == "\"unclosed" ? result.passages.isEmpty : result.passages.first?.source == "/memory/leg.md"
      )
    }
  }

  @Test(arguments: ["", "   ", "?!…", "🤖"])
  func aQuestionWithoutWordsIsNoError(question: String) async throws {
    try await withSearcher(robots) { searcher, _, _ in
      #expect(try await searcher.search(SearchQuery(question, mode: .lexical)).passages.isEmpty)
      _ = try await searcher.search(SearchQuery(question))
    }
  }

  @Test(arguments: SearchMode.allCases)
  func filtersApplyBeforeTheBestAreTaken(mode: SearchMode) async throws {
    try await withSearcher(robots) { searcher, _, source in
      let tagged = IndexingOptions(collection: "other", tags: ["legs", "x"])
      _ = try await Indexer(corpus: searcher.corpus, model: model, loader: source, options: tagged)
        .run(Discovery(files: [SourceFile(source: "/memory/leg.md", name: "memory/leg.md")]))
      func sources(_ filter: SearchFilter) async throws -> [String] {
        let query = SearchQuery("joint bends", mode: mode, limit: 1, filter: filter)
        return try await searcher.search(query).passages.map { $0.collection + $0.source }
      }
      #expect(try await sources(SearchFilter(collections: ["other"])) == ["other/memory/leg.md"])
      #expect(try await sources(SearchFilter(tags: ["legs", "none"])) == ["other/memory/leg.md"])
      #expect(try await sources(SearchFilter(sourcePrefix: "/memory/a")) == ["default/memory/arm.md"])
      #expect(try await sources(SearchFilter(sourcePrefix: "memory/a")) == ["default/memory/arm.md"])
      #expect(try await sources(SearchFilter(collections: ["none"])) == [])
      #expect(try await sources(SearchFilter(collections: ["default"], tags: ["legs"])) == [])
    }
  }

  @Test func aSearcherSeesWhatIsCommittedLater() async throws {
    try await withSearcher(robots) { searcher, _, source in
      #expect(
        try await searcher.search(SearchQuery("hydraulic pump")).passages.first?.source != "/memory/pump.md")
      source["/memory/pump.md"] = "A hydraulic pump."
      let other = try Corpus(path: searcher.corpus.location, access: .write)
      _ = try await Indexer(corpus: other, model: model, loader: source).run(source.discovery)
      for mode in SearchMode.allCases {
        let result = try await searcher.search(SearchQuery("hydraulic pump", mode: mode))
        #expect(result.passages.first?.source == "/memory/pump.md")
      }
    }
  }

  @Test func anEmptyCorpusFindsNothing() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let searcher = try await Searcher(corpus: corpus, model: model)
      for mode in SearchMode.allCases {
        #expect(try await searcher.search(SearchQuery("anything", mode: mode)).passages.isEmpty)
      }
    }
  }

  @Test func aCorpusOfAnotherModelIsRefused() async throws {
    try await withSearcher(robots) { searcher, _, _ in
      await #expect(throws: CorpusError.self) {
        try await Searcher(corpus: searcher.corpus, model: HashingEmbeddingModel(name: "other"))
      }
    }
  }

  /// A provider's model, which fails for questions.
  private final class FailingProvider: EmbeddingModel {
    let base: HashingEmbeddingModel
    let asked = Atomic<Int>(0)
    var fingerprint: EmbeddingFingerprint {
      var fingerprint = base.fingerprint
      fingerprint.precision = "api"
      return fingerprint
    }
    var tokens: any TokenCounter { base.tokens }

    init(base: HashingEmbeddingModel) { self.base = base }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      if role == .document { return try await base.embed(texts, as: role) }
      asked.wrappingAdd(1, ordering: .relaxed)
      throw ModelError(.unavailable, provider: "test", message: "Down.")
    }
  }

  @Test func aProviderThatFailsAgainAndAgainIsNotWaitedFor() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let provider = FailingProvider(base: model)
      let source = MemorySource(robots)
      _ = try await Indexer(corpus: corpus, model: provider, loader: source).run(source.discovery)
      let searcher = try await Searcher(corpus: corpus, model: provider)
      var query = SearchQuery("knee joint bends the leg")
      query.fallsBack = true
      for _ in 0..<3 {
        let result = try await searcher.search(query)
        #expect(result.degraded && result.passages.first?.source == "/memory/leg.md")
      }
      let left = try await searcher.search(query)
      #expect(provider.asked.load(ordering: .relaxed) == 3)
      #expect(left.degraded && left.degradedReason?.code == "unavailable")
      #expect(left.degradedReason?.message.contains("'hashing' has failed 3 times in a row") == true)
      #expect(left.passages.first?.source == "/memory/leg.md" && searcher.outage.current?.failures == 3)
    }
  }
}
