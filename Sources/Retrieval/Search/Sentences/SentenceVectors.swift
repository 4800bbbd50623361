import HTTPClient
import Models
import Synchronization

/// Vectors of sentences that were looked at before: good passages come back, and embedding their sentences is nearly
/// all of the time that looking at them takes.
package final class SentenceVectors: Sendable {
  private let memory: Mutex<RecentlyUsed<String, TextEmbedding>>
  /// Who may embed in this process: it is busy with a few at a time, and whoever waits may find that others have
  /// embedded the same sentences meanwhile.
  private let turns = ConcurrencyLimiter(initial: 4, maximum: 4)

  /// - Parameter bytes: what is kept takes this at least, where there is so much, and at most twice as much. A sentence
  ///   of 30 tokens takes 2 kB with 384 dimensions, and three times as much more with its tokens.
  package init(bytes: Int = 32 << 20) {
    memory = Mutex(RecentlyUsed(limit: bytes))
  }

  /// Row i belongs to `texts[i]`; only those that are not remembered are embedded.
  package func vectors(of texts: [String], with model: any EmbeddingModel) async throws -> EmbeddingMatrix {
    let embeddings = try await embeddings(of: texts, with: model) { missing in
      let fresh = try await model.embed(missing.map { texts[$0] }, as: .document)
      return (0..<fresh.count).map { TextEmbedding(vector: Array(fresh[$0])) }
    }
    var matrix = EmbeddingMatrix(
      dimensions: embeddings?.first?.vector.count ?? model.fingerprint.dimensions)
    for embedding in embeddings ?? [] { matrix.append(embedding.vector) }
    return matrix
  }

  /// Element i belongs to `texts[i]`, and has tokens; nil where the model gives none.
  package func embeddings(
    of texts: [ContextualText], with model: any EmbeddingModel
  ) async throws -> [TextEmbedding]? {
    try await embeddings(of: texts.map(\.whole), with: model, haveTokens: true) { missing in
      try await model.embedTokens(of: missing.map { texts[$0] }, as: .document)
    }
  }

  /// - Parameter embed: is given the places of texts that are not remembered, each once; nil where it cannot be done.
  private func embeddings(
    of keys: [String], with model: any EmbeddingModel, haveTokens: Bool = false,
    _ embed: (_ missing: [Int]) async throws -> [TextEmbedding]?
  ) async throws -> [TextEmbedding]? {
    var found = known(keys, haveTokens)
    if found.contains(where: { $0 == nil }) {
      // A provider's model waits for nobody.
      let turn = model.fingerprint.precision == "api" ? nil : try await turns.acquire()
      do {
        if turn != nil { found = known(keys, haveTokens) }
        let isComplete = try await complete(&found, of: keys, embed)
        if let turn { await turns.release(turn, .neutral) }
        guard isComplete else { return nil }
      } catch {
        if let turn { await turns.release(turn, .neutral) }
        throw error
      }
    }
    return found.compactMap(\.self)
  }

  /// What is remembered of each text, and so goes on being.
  private func known(_ keys: [String], _ haveTokens: Bool) -> [TextEmbedding?] {
    memory.withLock { memory in
      keys.map { key in
        guard let embedding = memory[key], !haveTokens || embedding.tokens != nil else { return nil }
        memory.keep(embedding, for: key, cost: embedding.byteCount + key.utf8.count)
        return embedding
      }
    }
  }

  /// Embeds what is missing and remembers it; false where it cannot be done.
  private func complete(
    _ found: inout [TextEmbedding?], of keys: [String], _ embed: ([Int]) async throws -> [TextEmbedding]?
  ) async throws -> Bool {
    var missing: [Int] = []
    var places: [String: Int] = [:]
    for (index, key) in keys.enumerated() where found[index] == nil && places[key] == nil {
      places[key] = missing.count
      missing.append(index)
    }
    guard !missing.isEmpty else { return true }
    guard let fresh = try await embed(missing) else { return false }
    memory.withLock { memory in
      for (index, embedding) in zip(missing, fresh) {
        memory.keep(embedding, for: keys[index], cost: embedding.byteCount + keys[index].utf8.count)
      }
    }
    for index in found.indices where found[index] == nil {
      found[index] = places[keys[index]].map { fresh[$0] }
    }
    return true
  }
}

extension TextEmbedding {
  /// Bytes that it takes, roughly.
  fileprivate var byteCount: Int {
    128 + vector.count * MemoryLayout<Float>.stride + (tokens?.byteCount ?? 0)
  }
}
