import Models
import Retrieval
import TestSupport

@testable import Answering

/// Runs `body` with a searcher over a corpus of some documents, by default with an embedding model that only knows words.
///
/// - Parameter documents: text files by their names.
func withSearcher<Result>(
  over documents: [String: String], model: any EmbeddingModel = HashingEmbeddingModel(dimensions: 512),
  _ body: (Searcher) async throws -> Result
) async throws -> Result {
  try await withTemporaryDirectory { directory in
    for (name, text) in documents { try write(text, to: directory + "/docs/" + name) }
    let corpus = try Corpus(path: directory + "/test.db", access: .create)
    _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
      .walk([directory + "/docs"]))
    return try await body(try await Searcher(corpus: corpus, model: model))
  }
}

extension Answerer {
  /// The answer to a question over a corpus of some documents.
  static func answer(_ question: String, over documents: [String: String]) async throws -> Answer {
    try await withSearcher(over: documents) { try await Answerer(searcher: $0).answer(question) }
  }
}
