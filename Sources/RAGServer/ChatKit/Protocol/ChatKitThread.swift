import Models
import State

/// A conversation as the protocol shows it.
struct ChatKitThread: Encodable, Sendable {
  struct Status: Encodable, Sendable {
    let type = "active"
  }

  var id: String
  var createdAt: String
  var title: String?
  let status = Status()
  /// Always empty: what is kept with a conversation is not for pages.
  let metadata: JSONValue = [:]
  var items: ChatKitPage<ChatKitItem>

  enum CodingKeys: String, CodingKey {
    case id, title, status, metadata, items
    case createdAt = "created_at"
  }

  init(_ conversation: Conversation, items: ChatKitPage<ChatKitItem> = ChatKitPage()) {
    id = conversation.id
    createdAt = conversation.createdAt.timestamp
    title = conversation.title
    self.items = items
  }
}

/// A part of a list.
struct ChatKitPage<Element: Sendable>: Sendable {
  var data: [Element] = []
  var hasMore = false
  /// What the next page is asked for with; nil for the last one.
  var after: String?

  enum CodingKeys: String, CodingKey {
    case data, after
    case hasMore = "has_more"
  }

  func map<Other: Sendable>(_ transform: (Element) -> Other) -> ChatKitPage<Other> {
    ChatKitPage<Other>(data: data.map(transform), hasMore: hasMore, after: after)
  }
}

extension ChatKitPage: Encodable where Element: Encodable {}
