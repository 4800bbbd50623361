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
  init(
    _ question: TextEmbedding, _ statements: [ReadStatement], model: any EmbeddingModel,
    vectors: SentenceVectors
  ) async throws {
    let texts = statements.map(\.embedded)
    guard let asked = question.tokens, let embeddings = try await vectors.embeddings(of: texts, with: model)
    else {
      let matrix = try await vectors.vectors(of: texts.map(\.whole), with: model)
      self.init(cosines: matrix.products(with: question.vector))
      return
    }
    var matrix = EmbeddingMatrix(dimensions: question.vector.count)
    for embedding in embeddings { matrix.append(embedding.vector) }
    self.init(cosines: matrix.products(with: question.vector))
    let sketches = embeddings.compactMap(\.tokens)
    let interaction = LateInteraction(asked)
    guard sketches.count == statements.count, let weights = interaction.weights(among: sketches) else {
      return
    }
    let nearest = sketches.map { interaction.nearest(in: $0) }
    tokens = statements.indices.map { row in
      var best = nearest[row] ?? [Float](repeating: 0, count: weights.count)
      // What a sentence speaks of was often named in the one before it.
      if row > 0, let before = nearest[row - 1] {
        let previous = statements[row - 1].statement
        if previous.kind == .sentence, previous.stands(before: statements[row].statement) {
          best = zip(best, before).map(max)
        }
      }
      return zip(weights, best).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }
}
