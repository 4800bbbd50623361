import Models
import Synchronization

/// Vectors of sentences that were looked at before: good passages come back, and embedding their sentences is nearly
/// all of the time that looking at them takes.
package final class SentenceVectors: Sendable {
  private let memory: Mutex<RecentlyUsed<String, TextEmbedding>>

  /// - Parameter limit: sentences that are kept at least; at most twice as many. Of 384 dimensions, 4,096 take 7 MB, and
  ///   25 MB more with their tokens.
  package init(limit: Int = 4096) {
    memory = Mutex(RecentlyUsed(limit: limit))
  }

  /// Row i belongs to `texts[i]`; only those that are not remembered are embedded.
  package func vectors(of texts: [String], with model: any EmbeddingModel) async throws -> EmbeddingMatrix {
    let known = memory.withLock { memory in texts.map { memory[$0] } }
    var missing: [String] = []
    var rows: [String: Int] = [:]
    for (text, embedding) in zip(texts, known) where embedding == nil && rows[text] == nil {
      rows[text] = missing.count
      missing.append(text)
    }
    let fresh =
      missing.isEmpty
      ? EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
      : try await model.embed(missing, as: .document)
    var matrix = EmbeddingMatrix(dimensions: fresh.dimensions)
    memory.withLock { memory in
      for (text, embedding) in zip(texts, known) {
        let embedding = embedding ?? TextEmbedding(vector: rows[text].map { Array(fresh[$0]) } ?? [])
        matrix.append(embedding.vector)
        memory.keep(embedding, for: text)
      }
    }
    return matrix
  }

  /// Element i belongs to `texts[i]`, and has tokens; nil where the model gives none.
  package func embeddings(
    of texts: [ContextualText], with model: any EmbeddingModel
  ) async throws -> [TextEmbedding]? {
    let keys = texts.map(\.whole)
    var found = memory.withLock { memory in
      keys.map { key in memory[key].flatMap { $0.tokens == nil ? nil : $0 } }
    }
    var missing: [ContextualText] = []
    var places: [String: Int] = [:]
    for (index, text) in texts.enumerated() where found[index] == nil && places[keys[index]] == nil {
      places[keys[index]] = missing.count
      missing.append(text)
    }
    if !missing.isEmpty {
      guard let fresh = try await model.embedTokens(of: missing, as: .document) else { return nil }
      for index in found.indices where found[index] == nil {
        found[index] = places[keys[index]].map { fresh[$0] }
      }
    }
    let embeddings = found.compactMap(\.self)
    memory.withLock { memory in
      for (key, embedding) in zip(keys, embeddings) { memory.keep(embedding, for: key) }
    }
    return embeddings
  }
}
