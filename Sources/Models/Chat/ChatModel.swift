/// Writes the next message of a conversation.
public protocol ChatModel: Sendable {
  /// The model's name as its provider spells it.
  var name: String { get }

  /// Tokens of prompt and answer together that the model can take.
  var window: Int { get }

  /// Starts an answer and returns its pieces as they are asked for. The last one is `finish`; a stream
  /// without it has failed and throws a `ModelError`. Letting go of the stream, or cancelling the task that
  /// reads it, stops the provider's work.
  func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>
}

extension ChatModel {
  /// Waits for the whole answer.
  public func complete(_ request: ChatRequest) async throws -> ChatReply {
    var reply = ChatReply()
    var isComplete = false
    for try await event in stream(request) {
      reply.add(event)
      if case .finish = event { isComplete = true }
    }
    // A cancelled task's stream may just end.
    guard isComplete else {
      throw ModelError(.cancelled, provider: name, message: "The request to '\(name)' was cancelled.")
    }
    return reply
  }
}
