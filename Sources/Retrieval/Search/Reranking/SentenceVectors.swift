import Models
import Synchronization

/// Vectors of sentences that were looked at before: good passages come back, and embedding their sentences is nearly
/// all of the time that looking at them takes.
package final class SentenceVectors: Sendable {
  /// Sentences by when they were last needed: what was not needed while `recent` filled up is forgotten.
  private struct Memory {
    var recent: [String: Entry] = [:]
    var older: [String: Entry] = [:]

    subscript(text: String) -> Entry? { recent[text] ?? older[text] }

    mutating func keep(_ text: String, _ entry: Entry, limit: Int) {
      if recent.count >= limit, recent[text] == nil {
        older = recent
        recent = [:]
      }
      recent[text] = entry
    }
  }

  private struct Entry {
    var vector: [Float]
    var tokens: TokenSketch?
  }

  private let memory = Mutex(Memory())
  private let limit: Int

  /// - Parameter limit: sentences that are kept at least; at most twice as many. Of 384 dimensions, 4,096 take 7 MB.
  package init(limit: Int = 4096) {
    self.limit = limit
  }

  /// Row i belongs to `texts[i]`; only those that are not remembered are embedded.
  package func vectors(of texts: [String], with model: any EmbeddingModel) async throws -> EmbeddingMatrix {
    let known = memory.withLock { memory in texts.map { memory[$0] } }
    var missing: [String] = []
    var rows: [String: Int] = [:]
    for (text, entry) in zip(texts, known) where entry == nil && rows[text] == nil {
      rows[text] = missing.count
      missing.append(text)
    }
    let fresh =
      missing.isEmpty
      ? EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
      : try await model.embed(missing, as: .document)
    var matrix = EmbeddingMatrix(dimensions: fresh.dimensions)
    memory.withLock { memory in
      for (text, entry) in zip(texts, known) {
        let entry = entry ?? Entry(vector: rows[text].map { Array(fresh[$0]) } ?? [])
        matrix.append(entry.vector)
        memory.keep(text, entry, limit: limit)
      }
    }
    return matrix
  }

  /// Element i belongs to `texts[i]`, in its context; nil where the model gives no vectors of tokens.
  package func embeddings(
    of texts: [ContextualText], with model: any EmbeddingModel
  ) async throws -> [TextEmbedding]? {
    let keys = texts.map(\.whole)
    var found = memory.withLock { memory in
      keys.map { key in
        memory[key].flatMap { entry in
          entry.tokens.map { TextEmbedding(vector: entry.vector, tokens: $0) }
        }
      }
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
    memory.withLock { memory in
      for (key, embedding) in zip(keys, found) {
        guard let embedding else { continue }
        memory.keep(key, Entry(vector: embedding.vector, tokens: embedding.tokens), limit: limit)
      }
    }
    return found.compactMap(\.self)
  }
}
