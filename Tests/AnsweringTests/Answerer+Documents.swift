import Retrieval
import TestSupport

@testable import Answering

extension Answerer {
  /// The answer to a question over a corpus of some documents, with an embedding model that only knows words.
  ///
  /// - Parameter documents: text files by their names.
  static func answer(_ question: String, over documents: [String: String]) async throws -> Answer {
    try await withTemporaryDirectory { directory in
      for (name, text) in documents { try write(text, to: directory + "/docs/" + name) }
      let model = HashingEmbeddingModel(dimensions: 512)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
        .walk([directory + "/docs"]))
      return try await Answerer(searcher: try await Searcher(corpus: corpus, model: model)).answer(question)
    }
  }
}
