import Models
import Synchronization

/// What one search embedded: the question as it was written, and as it was corrected.
final class QuestionVectors: Sendable {
  private let embeddings = Mutex<[String: TextEmbedding]>([:])

  subscript(text: String) -> TextEmbedding? { embeddings.withLock { $0[text] } }

  func keep(_ embedding: TextEmbedding, of text: String) {
    embeddings.withLock { $0[text] = embedding }
  }
}

extension EmbeddingModel {
  /// A question's vector and tokens, computed only if they are not `known`.
  package func embedding(of question: String, known: TextEmbedding? = nil) async throws -> TextEmbedding {
    if let known { return known }
    let whole = try await embedTokens(of: [ContextualText(question)], as: .query)?.first
    if let whole { return whole }
    return TextEmbedding(vector: Array(try await embed([question], as: .query)[0]))
  }
}
