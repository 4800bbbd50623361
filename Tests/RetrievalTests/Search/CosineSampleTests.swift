import Models
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CosineSampleTests {
  @Test(arguments: [1, 2, 3, 7, 40, 130])
  func `vectors are taken from all over a corpus, each once`(documents: Int) async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let names = (0..<documents).map { "/memory/\($0).md" }
      let source = MemorySource(
        Dictionary(uniqueKeysWithValues: names.map { ($0, "Word\($0.utf8.count) number\($0) stands here.") }))
      _ = try await Indexer(corpus: corpus, model: HashingEmbeddingModel(dimensions: 512), loader: source)
        .run(source.discovery)
      let sample = try await corpus.sampledVectors(64)
      #expect(sample.count == min(documents, 64))
      let vectors = Set((0..<sample.count).map { Array(sample[$0]) })
      #expect(vectors.count > sample.count * 9 / 10, "a row is not taken twice")
    }
  }
}
