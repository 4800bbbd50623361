import Models
import TestSupport
import Testing

@testable import Retrieval

@Suite struct SentenceRerankerTests {
  private let model = HashingEmbeddingModel(dimensions: 512)

  private func passage(_ chunk: Int, _ text: String, score: Double) -> Passage {
    Passage(
      chunk: chunk, documentID: chunk, document: "book.md", source: "/book.md", collection: "default",
      headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: score)
  }

  private func rerank(
    _ passages: [Passage], for question: String = "harmonic drive backlash",
    with reranker: SentenceReranker = SentenceReranker()
  ) async throws -> (passages: [Passage], lowest: Double, report: RerankReport) {
    try await reranker.rerank(passages, for: question, model: model, spread: 0.12)
  }

  @Test func aPassageWithASentenceThatSaysItPassesOneThatIsAboutIt() async throws {
    let (passages, lowest, report) = try await rerank([
      passage(
        1, "Some drives are large. Others are loud. Many wear out, and all need oil and care.", score: 0.8),
      passage(2, "A wave generator turns. Harmonic drive backlash. The flexspline bends.", score: 0.78),
      passage(3, "Paint dries overnight in the workshop.", score: 0.2),
    ])
    #expect(passages.map(\.chunk) == [2, 1, 3])
    #expect(passages[0].rerankScore.map { $0 > 0.99 } == true)
    #expect(passages.allSatisfy { (0...1).contains($0.score) && $0.score >= lowest })
    #expect(report.scored == 3 && report.candidates == 3 && report.failure == nil)
    #expect(report.model == "hashing, by sentences" && report.cost == nil)
  }

  @Test func whatTheSearchIsSureOfStaysFirst() async throws {
    let (passages, _, _) = try await rerank([
      passage(1, "Some drives are large.", score: 1), passage(2, "Harmonic drive backlash.", score: 0.3),
    ])
    #expect(passages.map(\.chunk) == [1, 2])
  }

  /// Words are tokens, and near only to themselves; all texts have one vector.
  private struct WordModel: EmbeddingModel {
    let base = HashingEmbeddingModel(dimensions: 8)
    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }
    private static let words = ["crane", "lifts", "turns", "heavy", "loads", "slowly"]

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      try await base.embed(texts.map { _ in "the same" }, as: role)
    }

    func embedTokens(of texts: [ContextualText], as role: EmbeddingRole) async throws -> [TextEmbedding]? {
      let vector = Array(try await embed([""], as: role)[0])
      return texts.map { text in
        let words = text.text.lowercased().split { !$0.isLetter }.map(String.init)
        let ids = words.compactMap { Self.words.firstIndex(of: $0).map(Int32.init) }
        let values = ids.flatMap { id in Self.words.indices.map { $0 == Int(id) ? Float(1) : 0 } }
        return TextEmbedding(vector: vector, tokens: TokenSketch(ids: ids, values: values))
      }
    }
  }

  @Test func `a word counts where it stands in a passage's best sentence or in the one before it`()
    async throws
  {
    func order(_ texts: [String], for question: String) async throws -> [Int] {
      let passages = texts.enumerated().map { passage($0, $1, score: 0.8 - 0.01 * Double($0)) }
      return try await SentenceReranker().rerank(passages, for: question, model: WordModel(), spread: 0.12)
        .passages.map(\.chunk)
    }
    let apart = "A crane stands here now. Nothing happens at all. It turns over there."
    let together = "A crane stands here now. It turns over there. Nothing happens at all."
    #expect(try await order([apart, together], for: "crane turns") == [1, 0])
    // What few sentences hold counts more than what most of them do.
    let usual = "The crane is yellow and old. A crane is never alone."
    let rare = "It was bought for heavy work. Nobody remembers the year."
    #expect(try await order([usual, rare], for: "heavy crane") == [1, 0])
    #expect(try await order([usual, rare], for: "crane") == [0, 1])
    // A question of no known words leaves the order.
    #expect(try await order([usual, rare], for: "?") == [0, 1])
  }

  /// Embeds questions at once and sentences never.
  private struct WaitingModel: EmbeddingModel {
    let base: HashingEmbeddingModel
    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      if role == .document { try await Task.sleep(for: .seconds(600)) }
      return try await base.embed(texts, as: role)
    }
  }

  @Test func whatIsLateLeavesTheOrderAndSaysSo() async throws {
    let late = SentenceReranker(options: Reranker.Options(budget: .milliseconds(50), depth: 20))
    let given = [
      passage(1, "Some drives are large.", score: 0.8), passage(2, "Harmonic drive backlash.", score: 0.79),
    ]
    let (passages, lowest, report) = try await late.rerank(
      given, for: "harmonic drive backlash", model: WaitingModel(base: model), spread: nil)
    #expect(passages == given && lowest == 1)
    #expect(report.failure?.code == "timeout" && report.scored == 0)
    #expect(try await rerank([]).passages.isEmpty)
  }

  @Test(arguments: [
    ("One sentence here. And another one.", ["One sentence here.", "And another one."]),
    ("A sentence that goes\non in the next line.", ["A sentence that goes on in the next line."]),
    (
      "# A heading of some length\nText under the heading.",
      ["# A heading of some length Text under the heading."]
    ),
    (
      "| a row of cells | 1 |\n| another row of it | 2 |",
      ["| a row of cells | 1 |", "| another row of it | 2 |"]
    ),
    ("- an item of a list\n- a second item of it", ["- an item of a list", "- a second item of it"]),
    ("Short.", ["Short."]), ("", [""]),
  ])
  func passagesAreReadInSentencesItemsAndRows(text: String, sentences: [String]) {
    #expect(PassageSentences.sentences(of: text) == sentences)
  }

  @Test func aSearchRerankedBySentencesSaysSo() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource([
        "/memory/a.md": "Gears turn slowly. A harmonic drive has no backlash. Oil is needed.",
        "/memory/b.md": "A camera looks at the world.",
      ])
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      func searcher(_ extras: Searcher.Extras) async throws -> Searcher {
        try await Searcher(corpus: corpus, model: model, extras: extras)
      }
      let reranking = try await searcher(Searcher.Extras(sentences: SentenceReranker()))
      #expect(reranking.standardMode == .reranked)
      let result = try await reranking.search(SearchQuery("harmonic drive backlash", mode: .reranked))
      #expect(result.reranking?.model == "hashing, by sentences")
      #expect(result.passages.first?.source == "/memory/a.md" && result.passages.first?.rerankScore != nil)
      let never = try await searcher(Searcher.Extras())
      #expect(never.standardMode == .hybrid && !never.offers(.reranked))
      let plain = try await never.search(SearchQuery("harmonic drive", mode: .reranked))
      #expect(plain.reranking?.failure?.code == "not_configured")
    }
  }
}
