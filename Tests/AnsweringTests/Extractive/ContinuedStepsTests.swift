import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Steps that stand in several chunks.
@Suite struct ContinuedStepsTests {
  private static let steps = (1...7).map {
    "\($0). Turn bolt \($0) of the winch until it holds fast. Then wait."
  }
  private static let page =
    "# Winches\n\n## Mounting a winch\n\n" + steps.joined(separator: "\n")
    + "\n\n## Oil\n\n1. Winches want oil.\n\n## Boats\n\nA boat has a keel and a winch."

  private func withSearcher(
    _ page: String, target: Int, _ body: (Searcher) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      try write(page, to: directory + "/docs/winch.md")
      let model = HashingEmbeddingModel(dimensions: 512)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let options = IndexingOptions(chunking: ChunkingOptions(target: target, overlap: 12, minimum: 0))
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader(), options: options).run(
        .walk([directory + "/docs"]))
      try await body(try await Searcher(corpus: corpus, model: model))
    }
  }

  @Test(arguments: [32, 50, 400])
  func `a list goes on where its next chunk does`(target: Int) async throws {
    try await withSearcher(Self.page, target: target) { searcher in
      let answer = try await Answerer(searcher: searcher).answer("How do I mount a winch?")
      #expect(answer.answered)
      let lines = answer.answer.split(separator: "\n").map(String.init)
      #expect(lines.map { String($0.prefix(2)) } == (1...7).map { "\($0)." }, "\(answer.answer)")
      let stored = Array(try Self.stored.unicodeScalars)
      for (number, citation) in answer.citations.enumerated() {
        #expect(stored[citation.start..<citation.end].elementsEqual(citation.quote.unicodeScalars))
        #expect(citation.quote == String(Self.steps[number].dropFirst(3)))
      }
    }
  }

  private static var stored: String {
    get throws { try MarkdownParser().parse(Array(page.utf8), name: "winch.md").text }
  }

  @Test func `what is no step is not joined`() async throws {
    try await withSearcher(Self.page, target: 32) { searcher in
      let passages = try await searcher.search(
        SearchQuery("winch", limit: 20, selection: PassageSelection.none)
      ).passages
      let others = try await ContinuedSteps(ReadQuestion("What is a winch?")).joined(
        passages, by: searcher.index)
      #expect(others == passages)
      let joined = try await ContinuedSteps(ReadQuestion("How do I mount a winch?")).joined(
        passages, by: searcher.index)
      let lists = joined.filter { $0.text.contains("Turn bolt") }
      #expect(lists.count == 1 && lists[0].chunks.map { $0 > 1 } == true)
      #expect(
        joined.filter { $0.text.contains("oil") || $0.text.contains("keel") }.allSatisfy { $0.chunks == nil })
    }
  }
}
