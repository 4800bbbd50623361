import FoundationEssentials
import Models

/// Messages that belong together.
public struct Conversation: Sendable, Equatable {
  public var id: String
  public var owner: Owner
  public var title: String?
  public var createdAt: Date
  /// When its last message came.
  public var updatedAt: Date
  public var messages: Int
  /// What the interface that began it keeps with it; an object, or null.
  public var metadata: JSONValue

  public init(
    id: String, owner: Owner, title: String? = nil, createdAt: Date, updatedAt: Date? = nil,
    messages: Int = 0, metadata: JSONValue = .null
  ) {
    self.id = id
    self.owner = owner
    self.title = title
    self.createdAt = createdAt
    self.updatedAt = updatedAt ?? createdAt
    self.messages = messages
    self.metadata = metadata
  }
}

/// One message as it is stored.
public struct StoredMessage: Sendable, Equatable {
  public enum Role: String, Sendable, Codable {
    case user, assistant
  }

  /// Unique in the state.
  public var id: String
  public var role: Role
  public var text: String
  public var createdAt: Date
  /// Citations, tool calls, model, usage, confidence and what else an interface wants back; an object, or null.
  public var detail: JSONValue

  public init(id: String, role: Role, text: String, createdAt: Date, detail: JSONValue = .null) {
    self.id = id
    self.role = role
    self.text = text
    self.createdAt = createdAt
    self.detail = detail
  }
}
