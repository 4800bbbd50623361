/// What was said earlier in a conversation.
public struct Turn: Sendable, Hashable, Codable {
  /// Who said it.
  public enum Role: String, Sendable, Codable {
    case user, assistant
  }

  public var role: Role
  public var text: String

  public init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }

  public static func user(_ text: String) -> Turn { Turn(.user, text) }
  public static func assistant(_ text: String) -> Turn { Turn(.assistant, text) }
}
