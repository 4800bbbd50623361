import Glibc
import Models
import Retrieval

/// How near statements come to a question for the embedding model.
struct StatementCloseness: Sendable, Equatable {
  /// Cosine of the question and each statement.
  var cosines: [Float]
  /// For each statement the mean over the question's tokens, rare ones counting more, of the largest cosine with one of
  /// its own tokens or of the sentence before it; empty where the model gives no vectors of tokens.
  var tokens: [Double] = []
}

extension StatementCloseness {
  /// - Parameter texts: one for each statement.
  init(
    _ question: String, _ statements: [Statement], _ texts: [ContextualText], model: any EmbeddingModel,
    vectors: SentenceVectors
  ) async throws {
    guard let asked = try await model.embedTokens(of: [ContextualText(question)], as: .query)?.first,
      let embeddings = try await vectors.embeddings(of: texts, with: model)
    else {
      let query = try await model.embed([question], as: .query)
      self.init(
        cosines: try await vectors.vectors(of: texts.map(\.whole), with: model).products(with: query[0]))
      return
    }
    var matrix = EmbeddingMatrix(dimensions: asked.vector.count)
    for embedding in embeddings { matrix.append(embedding.vector) }
    self.init(cosines: matrix.products(with: asked.vector))
    let weights = Self.rarity(of: asked.tokens.ids, in: embeddings.map(\.tokens.ids))
    let total = weights.reduce(0, +)
    guard total > 0 else { return }
    let interaction = LateInteraction(asked.tokens)
    let nearest = embeddings.map { interaction.nearest(in: $0.tokens) }
    tokens = statements.indices.map { row in
      var best = nearest[row] ?? [Float](repeating: 0, count: weights.count)
      // What a sentence speaks of was often named in the one before it.
      if row > 0, statements[row - 1].stands(before: statements[row]), statements[row - 1].kind == .sentence,
        let before = nearest[row - 1]
      {
        best = zip(best, before).map(max)
      }
      return zip(weights, best).reduce(0) { $0 + $1.0 * Double($1.1) } / total
    }
  }

  /// Weight of each of the question's tokens: high if few of the statements hold it.
  private static func rarity(of ids: [Int32], in statements: [[Int32]]) -> [Double] {
    let count = Double(statements.count)
    return ids.map { id in
      let frequency = Double(statements.count { $0.contains(id) })
      return log(1 + (count - frequency + 0.5) / (frequency + 0.5))
    }
  }
}
