import Models

/// Makes a question that leans on its conversation ("And the other one?") into one that a search understands.
public protocol QuestionRewriter: Sendable {
  /// The question as it would be asked without the conversation; nil where it stands for itself.
  ///
  /// - Parameters:
  ///   - history: earlier turns, oldest first, never empty.
  ///   - chat: the model that will write the answer, if there is one.
  ///   - deadline: when the answer must be there; nil for the model's own limit.
  /// - Throws: `ModelError`, whereupon the question is taken as it is.
  func rewrite(
    _ question: String, history: [Turn], chat: (any ChatModel)?, deadline: ContinuousClock.Instant?
  ) async throws -> String?
}
