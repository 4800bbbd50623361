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
}
