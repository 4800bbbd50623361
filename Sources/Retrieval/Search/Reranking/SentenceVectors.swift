import Models
import Synchronization

/// Vectors of sentences that were looked at before: good passages come back, and embedding their sentences is nearly
/// all of the time that looking at them takes.
package final class SentenceVectors: Sendable {
  private let memory: Mutex<RecentlyUsed<String, [Float]>>

  /// - Parameter limit: sentences that are kept at least; at most twice as many. Of 384 dimensions, 4,096 take 7 MB.
  package init(limit: Int = 4096) {
    memory = Mutex(RecentlyUsed(limit: limit))
  }

  /// Row i belongs to `texts[i]`; only those that are not remembered are embedded.
  package func vectors(of texts: [String], with model: any EmbeddingModel) async throws -> EmbeddingMatrix {
    let known = memory.withLock { memory in texts.map { memory[$0] } }
    var missing: [String] = []
    var rows: [String: Int] = [:]
    for (text, vector) in zip(texts, known) where vector == nil && rows[text] == nil {
      rows[text] = missing.count
      missing.append(text)
    }
    let fresh =
      missing.isEmpty
      ? EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
      : try await model.embed(missing, as: .document)
    var matrix = EmbeddingMatrix(dimensions: fresh.dimensions)
    memory.withLock { memory in
      for (text, vector) in zip(texts, known) {
        let vector = vector ?? rows[text].map { Array(fresh[$0]) } ?? []
        matrix.append(vector)
        memory.keep(vector, for: text)
      }
    }
    return matrix
  }
}
