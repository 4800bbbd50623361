import Models

/// How near sentences come to a question for the embedding model; its cosines stretched to the usual range, but
/// for those of tokens: where they lie closer together, ranking by them as they are was better.
package struct SentenceCloseness: Sendable {
  /// Cosine of the question and each sentence.
  package let cosines: [Float]
  /// For each sentence the largest cosine of each of the question's tokens with one of its own.
  private var nearest: [[Float]] = []
  /// How much each of the question's tokens counts, together 1: more if few of the sentences hold it. Nil where the model
  /// gives no vectors of tokens, or the question has none.
  private var weights: [Double]?

  package init(
    _ question: TextEmbedding, _ sentences: [ContextualText], model: any EmbeddingModel,
    vectors: SentenceVectors
  ) async throws {
    let scale = model.cosineScale
    func stretched(_ matrix: EmbeddingMatrix) -> [Float] {
      matrix.products(with: question.vector).map { Float(scale.stretched(Double($0))) }
    }
    guard let asked = question.tokens,
      let embeddings = try await vectors.embeddings(of: sentences, with: model)
    else {
      let matrix = try await vectors.vectors(of: sentences.map(\.whole), with: model)
      cosines = stretched(matrix)
      return
    }
    var matrix = EmbeddingMatrix(dimensions: question.vector.count)
    for embedding in embeddings { matrix.append(embedding.vector) }
    cosines = stretched(matrix)
    let sketches = embeddings.compactMap(\.tokens)
    let interaction = LateInteraction(asked)
    guard sketches.count == sentences.count, let weights = interaction.weights(among: sketches) else {
      return
    }
    self.weights = weights
    nearest = sketches.map { interaction.nearest(in: $0) ?? [Float](repeating: 0, count: weights.count) }
  }

  /// Mean over the question's tokens of the largest cosine with one of a sentence's own; nil where there are no tokens.
  ///
  /// - Parameter before: whether the tokens of the sentence before it count as well: what a sentence speaks of was often
  ///   named there.
  package func tokens(of sentence: Int, withBefore before: Bool) -> Double? {
    guard let weights else { return nil }
    let cosines = before ? zip(nearest[sentence], nearest[sentence - 1]).map(max) : nearest[sentence]
    return zip(weights, cosines).reduce(0) { $0 + $1.0 * Double($1.1) }
  }
}
