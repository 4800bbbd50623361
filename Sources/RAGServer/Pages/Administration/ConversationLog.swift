import FoundationEssentials
import Models
import State

/// A conversation as an administrator sees it.
struct LoggedConversation: Codable, Equatable {
  struct Message: Codable, Equatable {
    var id: String
    var role: StoredMessage.Role
    var text: String
    var createdAt: Date
    /// What the answer rests on, as it was stored with it.
    var citations: JSONValue?
    /// 1 for a good answer, -1 for a poor one; nil if nobody said.
    var rating: Int?
    var comment: String?

    enum CodingKeys: String, CodingKey {
      case id, role, text, citations, rating, comment
      case createdAt = "created_at"
    }
  }

  var id: String
  /// `user:…`, `named:…` or `session:…`.
  var owner: String
  var title: String?
  var createdAt: Date
  var updatedAt: Date
  /// Nil in a list of conversations.
  var messages: [Message]?
  var messageCount: Int

  enum CodingKeys: String, CodingKey {
    case id, owner, title, messages
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case messageCount = "message_count"
  }

  init(_ conversation: Conversation, messages: [Message]? = nil) {
    id = conversation.id
    owner = conversation.owner.key
    title = conversation.title
    createdAt = conversation.createdAt
    updatedAt = conversation.updatedAt
    self.messages = messages
    messageCount = messages?.count ?? conversation.messages
  }
}

/// A rating with the answer that it is about.
struct LoggedFeedback: Codable, Equatable {
  var rating: Int
  var comment: String?
  var createdAt: Date
  var messageID: String
  /// Nil where the message has been removed since.
  var conversationID: String?
  var answer: String?

  enum CodingKeys: String, CodingKey {
    case rating, comment, answer
    case createdAt = "created_at"
    case messageID = "message_id"
    case conversationID = "conversation_id"
  }
}
