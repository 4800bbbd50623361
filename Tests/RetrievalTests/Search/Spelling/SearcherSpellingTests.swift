import Models
import TestSupport
import Testing

@testable import Retrieval

@Suite struct SearcherSpellingTests {
  private let documents = [
    "/memory/arm.md": "The gearbox in the elbow bends the arm.", "/memory/leg.md": "The knee bends the leg.",
    "/memory/eye.md": "A camera looks at the world.", "/memory/hat.md": "Curd is sold at the market.",
  ]

  private func search(_ query: SearchQuery, words: Set<String>? = []) async throws -> SearchResult {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(documents)
      let model = HashingEmbeddingModel(dimensions: 512, vocabulary: words?.union(["the"]))
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      return try await Searcher(corpus: corpus, model: model).search(query)
    }
  }

  @Test func aMistypedWordFindsWhatWasMeant() async throws {
    let result = try await search(SearchQuery("the gaerbox"))
    #expect(result.correctedQuery == "the gearbox")
    #expect(result.query == "the gaerbox")
    #expect(result.passages.first?.source == "/memory/arm.md")
  }

  private struct Case {
    var mode = SearchMode.hybrid
    var corrects = true
    var words: Set<String>? = []
  }

  @Test(
    "Words stay as they are written",
    arguments: [
      // By words alone, by meaning alone, or where the question says so.
      Case(mode: .lexical), Case(mode: .dense), Case(corrects: false),
      // Where the model cannot tell words from slips, or knows the word.
      Case(words: nil), Case(words: ["gaerbox"]),
    ])
  private func asWritten(_ example: Case) async throws {
    var query = SearchQuery("the gaerbox", mode: example.mode)
    query.correctsSpelling = example.corrects
    let result = try await search(query, words: example.words)
    #expect(result.correctedQuery == nil)
  }

  @Test func aGuessThatComesNoNearerIsDropped() async throws {
    // Three of four words stand in the passage as they are, beside 'curd' they only come from further away.
    let question = "the knee bends the leg crd"
    let result = try await search(SearchQuery(question))
    #expect(result.correctedQuery == nil && result.passages.first?.source == "/memory/leg.md")
  }

  /// Finds across two languages, and takes any word that it does not know for a slip.
  private func foreign(_ question: String, documents: [String: String]) async throws -> SearchResult {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(documents)
      let model = HashingEmbeddingModel(dimensions: 512, vocabulary: ["the"])
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      return try await Searcher(corpus: corpus, model: model).search(SearchQuery(question))
    }
  }

  private static let english =
    "The gelenk of the robot is its knee, and it is the strongest that there is in the leg of it."
  private static let german =
    "Das Gelenk des Roboters ist das Knie, und es ist das stärkste, das es in seinem Bein gibt."

  @Test(arguments: [
    // "gelenke" would come nearer as "gelenk", which it is not in the documents' language.
    ("Wie viele Gelenke hat das Bein?", english, nil),
    ("Wie stark ist das Gelnek?", german, "Wie stark ist das Gelenk?"),
    ("How strong is the gelnek?", english, "How strong is the gelenk?"),
    // Nothing tells the language.
    ("Gelnek", english, "Gelenk"), ("gelnek strongest", english, "gelenk strongest"),
    ("Wie stark ist das Gelnek?", "gelenk = robot.knee(120)", "Wie stark ist das Gelenk?"),
  ])
  func `words of another language are not taken for slips`(
    question: String, document: String, corrected: String?
  ) async throws {
    let result = try await foreign(
      question, documents: ["/memory/a.md": document, "/memory/b.md": "The knee bends the leg."])
    #expect(result.correctedQuery == corrected)
  }
}
