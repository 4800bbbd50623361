import TestSupport
import Testing

@testable import Retrieval

/// Passages that hold every word of a short question.
@Suite struct WholeMatchTests {
  private let texts = [
    "twice": "The heron heron flew, a heron again.",
    "both": "A lantern hung where a heron stood in the reeds by the water.",
    "other": "The lantern lantern burned, a lantern all night.", "none": "Nothing of the kind.",
  ]

  private func withCorpus(_ body: (Corpus, Searcher) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      for (name, text) in texts { try write(text, to: directory + "/docs/\(name).txt") }
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let model = HashingEmbeddingModel(dimensions: 256)
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
        .walk([directory + "/docs"]))
      try await body(corpus, try await Searcher(corpus: corpus, model: model))
    }
  }

  @Test(arguments: StoreKind.testable)
  func `they come first in a hybrid search`(kind: StoreKind) async throws {
    let model = HashingEmbeddingModel(dimensions: 256)
    let source = MemorySource([:])
    for (name, text) in texts { source["/memory/\(name).md"] = text }
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      _ = try await Indexer(corpus: corpus, model: model, loader: source, options: IndexingOptions())
        .run(source.discovery)
      let searcher = try await Searcher(corpus: corpus, model: model)
      let found = try await searcher.search(SearchQuery("heron lantern", mode: .hybrid))
      #expect(found.passages.first?.document.contains("both") == true)
      #expect(found.passages.allSatisfy { (0...1).contains($0.score) })
      let candidates = try await searcher.index.candidates(
        for: SearchQuery("heron lantern", mode: .hybrid), depth: 10,
        vector: { try await model.embed(["heron lantern"], as: .query)[0] })
      #expect(candidates.scores.count { $0.holdsAllWords } == 1)
    }
  }

  @Test(arguments: [
    ("heron lantern", ["both"]), ("heron lantern reeds", ["both"]), ("heron", []), ("heron zeppelin", []),
    ("heron lantern reeds water", []),
  ])
  func `they are told from those that hold some`(question: String, expected: [String]) async throws {
    try await withCorpus { corpus, searcher in
      let index = try await corpus.lexicalIndex(after: nil)
      let search = try await LexicalSearch(
        LexicalQuery(question, options: index.options), in: index, of: corpus, documents: nil,
        phrases: .preferred)
      let all = try await searcher.search(SearchQuery(question, mode: .dense)).passages.map(\.chunk)
      #expect(all.count == texts.count)
      let holders = search.wholeMatches(among: all)
      let names = try await corpus.passages(Array(holders)).map { $0.document }
      #expect(names.count == expected.count && zip(names, expected).allSatisfy { $0.contains($1) })
    }
  }
}
