import Models
import TestSupport
import Testing

@testable import Retrieval

/// Copies between every two stores.
@Suite(.timeLimit(.minutes(3))) struct CopyTests {
  let model = HashingEmbeddingModel()
  let source = MemorySource([
    "/memory/a.md": "# Arms\n\nArms have elbows.\n\n# Hands\n\nHands have fingers.",
    "/memory/b.md": "Legs have knees.",
    "/memory/c.md": "# Same\n\nThe same text.", "/memory/d.md": "# Same\n\nThe same text.",
  ])

  private func everything(_ corpus: any CorpusStore) async throws -> [String] {
    var lines: [String] = []
    for document in try await corpus.documents() {
      lines.append(
        "\(document.source) \(document.status) \(document.tags) \(document.error ?? "") \(document.chunks)")
      guard let copy = try await corpus.copy(of: document.source, in: document.collection) else { continue }
      lines.append(copy.document.document.text)
      for (chunk, hash) in zip(copy.document.chunks, copy.document.hashes) {
        lines.append("\(chunk) \(hash)")
      }
      let rows = zip(copy.embedded.hashes, 0..<copy.embedded.vectors.count)
      lines += rows.map { "\($0) \(copy.embedded.vectors[$1].map(\.bitPattern))" }.sorted()
    }
    return lines
  }

  @Test(arguments: StoreKind.testable, StoreKind.testable)
  func aCopyIsEqualBitForBit(from: StoreKind, to: StoreKind) async throws {
    try await from.withPlace { origin in
      let corpus = try await origin.open(.create)
      var options = IndexingOptions(tags: ["blue", "red"])
      options.batch = 2
      let indexer = Indexer(corpus: corpus, model: model, loader: source, options: options)
      source["/memory/e.md"] = "! broken"
      _ = try await indexer.run(source.discovery)
      source["/memory/b.md"] = "! broken later"
      _ = try await indexer.run(source.discovery)
      try await to.withPlace { place in
        let copy = try await place.open(.create)
        let summary = try await CorpusCopier(from: corpus, to: copy, batch: 2).run()
        #expect(summary == CorpusCopier.Summary(copied: 4, unchanged: 0, failed: 1, chunks: 5))
        let (copied, original) = (try await everything(copy), try await everything(corpus))
        #expect(copied == original)
        let again = try await CorpusCopier(from: corpus, to: copy).run()
        #expect(again.unchanged == 3 && again.copied == 1, "a document that is outdated is copied again")
        let searcher = try await Searcher(corpus: copy, model: model)
        #expect(try await searcher.search(SearchQuery("fingers")).passages.first?.source == "/memory/a.md")
        let embedded = model.embedded.count
        source["/memory/b.md"] = "Legs have knees."
        _ = try await Indexer(corpus: copy, model: model, loader: source, options: options).run(
          source.discovery)
        #expect(model.embedded.count == embedded, "an ingest goes on from the copy")
        source["/memory/b.md"] = "! broken later"
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func aTargetOfAnotherModelIsRefused(kind: StoreKind) async throws {
    try await StoreKind.file.withPlace { origin in
      let corpus = try await origin.open(.create)
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      try await kind.withPlace { place in
        let target = try await place.open(.create)
        let other = HashingEmbeddingModel(name: "other", dimensions: 16)
        _ = try await Indexer(corpus: target, model: other, loader: source).run(source.discovery)
        let error = try await #require(throws: CorpusError.self) {
          try await CorpusCopier(from: corpus, to: target).run()
        }
        #expect(error.code == .otherModel)
      }
    }
  }
}
