import Models

/// Makes a question that leans on its conversation ("And the other one?") into one that a search understands.
public protocol QuestionRewriter: Sendable {
  /// The question as it would be asked without the conversation.
  ///
  /// - Parameters:
  ///   - history: earlier turns, oldest first, never empty.
  ///   - chat: the model that will write the answer, if there is one.
  ///   - deadline: when the answer must be there; nil for the model's own limit.
  /// - Throws: `ModelError`, whereupon the question is taken as it is.
  func rewrite(
    _ question: String, history: [Turn], chat: (any ChatModel)?, deadline: ContinuousClock.Instant?
  ) async throws -> Rewriting
}

/// What became of a question.
public struct Rewriting: Sendable, Equatable {
  /// The question as it would be asked without the conversation; nil where it stands for itself.
  public var question: String?
  /// What the chat model's provider counted for it, whatever became of its reply; nil if none was asked.
  public var usage: Usage?

  public init(_ question: String? = nil, usage: Usage? = nil) {
    self.question = question
    self.usage = usage
  }
}
