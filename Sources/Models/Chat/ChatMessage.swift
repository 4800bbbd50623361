/// One message of a conversation.
public enum ChatMessage: Sendable, Hashable, Codable {
  /// Instructions of the application, above what users say.
  case system(String)
  case user(String)
  /// What the model said and which tools it called.
  case assistant(String, toolCalls: [ToolCall] = [])
  /// What a tool returned for the call of this id.
  case tool(callID: String, result: String)

  /// What is said, the tools' part aside.
  public var text: String {
    switch self {
    case .system(let text), .user(let text), .assistant(let text, _), .tool(_, let text): text
    }
  }
}
