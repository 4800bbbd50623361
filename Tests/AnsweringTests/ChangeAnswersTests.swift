import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What a change log says answers questions about changes, and others only where nothing else does.
@Suite struct ChangeAnswersTests {
  private static let sentence = "Plain requests are redirected to encrypted ones."

  private func passage(_ document: String, _ text: String, chunk: Int, score: Double) -> Passage {
    Passage(
      chunk: chunk, documentID: chunk, document: document, source: "/" + document, collection: "default",
      headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: score,
      denseScore: 0.7)
  }

  @Test(arguments: [
    ("How are plain requests redirected to encrypted ones?", "manual.md"),
    ("Since when are plain requests redirected to encrypted ones?", "CHANGELOG.md"),
  ])
  func `of two that say the same the one that fits the question answers`(question: String, document: String)
    async throws
  {
    let log = passage("CHANGELOG.md", Self.sentence, chunk: 1, score: 1)
    let manual = passage("manual.md", Self.sentence, chunk: 2, score: 0.9)
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))
    let answer = try await answerer.answer(question, from: [log, manual])
    #expect(answer.citations.first?.document == document, "\(answer.answer)")
    let alone = try await answerer.answer(question, from: [log])
    #expect(alone.citations.first?.document == "CHANGELOG.md", "\(alone.answer)")
  }

  @Test func `searches put records behind, unless these are asked for`() async throws {
    try await withTemporaryDirectory { directory in
      let texts = [
        "CHANGELOG.md": "# Changelog\n\n- plain requests are redirected\n",
        "manual.md": "# Manual\n\nPlain requests are redirected to encrypted ones by a rule of the proxy.\n",
        "arms.md": "# Arms\n\nArms have elbows and wrists.\n",
      ]
      for (name, text) in texts { try write(text, to: directory + "/docs/" + name) }
      let model = HashingEmbeddingModel(dimensions: 512)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
        .walk([directory + "/docs"]))
      let searcher = try await Searcher(corpus: corpus, model: model)
      func first(_ question: String, _ mode: SearchMode) async throws -> String? {
        try await searcher.search(SearchQuery(question, mode: mode)).passages.first?.title
      }
      #expect(try await first("plain requests are redirected", .dense) == "Changelog")
      #expect(try await first("plain requests are redirected", .hybrid) == "Manual")
      #expect(try await first("plain requests are redirected since", .hybrid) == "Changelog")
    }
  }
}
