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
    let found = try await SentenceCloseness(
      question, statements.map(\.embedded), model: model, vectors: vectors)
    self.init(cosines: found.cosines)
    tokens = statements.indices.compactMap { row in
      found.tokens(of: row, withBefore: row > 0 && statements[row - 1].leads(to: statements[row]))
        .map(model.cosineScale.stretchedTokens)
    }
  }
}

extension ReadStatement {
  /// Whether it is the sentence right before another statement.
  fileprivate func leads(to next: ReadStatement) -> Bool {
    statement.kind == .sentence && statement.stands(before: next.statement)
  }
}
