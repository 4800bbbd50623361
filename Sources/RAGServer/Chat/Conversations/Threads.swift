import Cryptography
import FoundationEssentials
import HTTPServer
import Models
import State

/// Finds and begins conversations.
struct Threads: Sendable {
  let conversations: any ConversationStore
  private static let longestTitle = 80

  /// The conversation of this id, if the visitor may use it.
  ///
  /// - Throws: `HTTPError` 404 otherwise, without telling whether there is one.
  func existing(_ id: String, for visitor: Visitor) async throws -> Conversation {
    guard id.utf8.count <= RequestText.longestName * 4, let found = try await conversations.conversation(id),
      visitor.mayUse(found)
    else { throw Self.unknown }
    return found
  }

  static let unknown = HTTPError(
    .notFound, code: "conversation_not_found", message: "There is no such conversation.",
    hint: "Begin one without an id, or send the id that an earlier reply gave; those of others are not shown."
  )

  /// A new conversation of the visitor.
  ///
  /// - Parameter metadata: what the interface keeps with it.
  func begin(
    _ visitor: Visitor, id: String = UUID().uuidString.lowercased(), about message: String? = nil,
    metadata: JSONValue = .null
  ) async throws -> Conversation {
    let opened = try await conversations.open(
      Conversation(
        id: id, owner: visitor.owner, title: message.map(Self.title), createdAt: Date(), metadata: metadata))
    guard visitor.mayUse(opened) else { throw Self.unknown }
    return opened
  }

  /// Gives a conversation that was begun before its first message its title.
  func name(_ conversation: Conversation, after message: String) async throws {
    guard conversation.title == nil else { return }
    try await conversations.update(conversation.id, title: Self.title(message), metadata: nil)
  }

  /// Where a message of `POST /api/chat` belongs.
  ///
  /// - With an id: that conversation, begun under it if there is none. An anonymous visitor may name a new one only by a
  ///   UUID; any other id, which strangers could come upon too, is replaced by a new one, which the reply tells.
  /// - Without an id, but with `user_id`: the one thread of that user, for clients that know users only.
  /// - With neither: a new conversation.
  func resolve(_ id: String?, for visitor: Visitor, about message: String) async throws -> Conversation {
    if let id = try RequestText.name(id, field: "conversation_id") {
      if let found = try await conversations.conversation(id) {
        guard visitor.mayUse(found) else { throw Self.unknown }
        return found
      }
      if visitor.isAnonymous, UUID(uuidString: id) == nil {
        return try await begin(visitor, about: message)
      }
      return try await begin(visitor, id: id, about: message)
    }
    guard visitor.name?.isEmpty == false, !visitor.isAnonymous else {
      return try await begin(visitor, about: message)
    }
    let digest = HashFunction.sha256.digest("thread \(visitor.owner.key)".utf8)
    return try await begin(visitor, id: "thread-" + Hexadecimal.encode(digest.prefix(16)), about: message)
  }

  /// The beginning of the first message, on one line.
  static func title(_ message: String) -> String {
    let line = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > longestTitle ? line.prefix(longestTitle - 1) + "…" : line
  }
}
