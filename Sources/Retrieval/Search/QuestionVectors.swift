import Models
import Synchronization

/// The vectors of what one search embedded: the question as it was written, and as it was corrected.
final class QuestionVectors: Sendable {
  private let vectors = Mutex<[String: [Float]]>([:])

  subscript(text: String) -> [Float]? { vectors.withLock { $0[text] } }

  func keep(_ vector: ArraySlice<Float>, of text: String) {
    vectors.withLock { $0[text] = Array(vector) }
  }
}

extension EmbeddingModel {
  /// A question's vector, computed only if it is not `known`.
  package func vector(of question: String, known: [Float]?) async throws -> [Float] {
    if let known { return known }
    return Array(try await embed([question], as: .query)[0])
  }
}
