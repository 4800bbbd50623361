/// A piece of an answer.
public enum ChatEvent: Sendable, Hashable {
  /// The next characters.
  case textDelta(String)
  /// A complete call of a tool.
  case toolCall(ToolCall)
  /// What the provider counted, once, if it counts.
  case usage(Usage)
  /// The end of the answer, always last.
  case finish(FinishReason)
}

/// Why an answer ended.
public enum FinishReason: Sendable, Hashable {
  /// The model had said everything, or came to a stop text.
  case stop
  /// The limit of tokens was reached: the text is incomplete.
  case length
  /// Tools are to be called.
  case toolCalls
  /// The provider's filter intervened.
  case contentFilter
  /// Any other reason, as the provider names it.
  case other(String)
}

/// A complete answer.
public struct ChatReply: Sendable, Hashable {
  public var text: String
  public var toolCalls: [ToolCall]
  /// Nil where the provider does not count.
  public var usage: Usage?
  public var finish: FinishReason

  public init(
    text: String = "", toolCalls: [ToolCall] = [], usage: Usage? = nil, finish: FinishReason = .stop
  ) {
    self.text = text
    self.toolCalls = toolCalls
    self.usage = usage
    self.finish = finish
  }

  /// Appends a piece.
  public mutating func add(_ event: ChatEvent) {
    switch event {
    case .textDelta(let delta): text += delta
    case .toolCall(let call): toolCalls.append(call)
    case .usage(let count): usage = count
    case .finish(let reason): finish = reason
    }
  }
}
