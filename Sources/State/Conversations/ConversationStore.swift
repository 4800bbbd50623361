import FoundationEssentials
import Models

/// Conversations and their messages.
///
/// What a function has returned from survives `kill -9`. Messages of one conversation have one order, which every
/// reader sees, however many servers write.
public protocol ConversationStore: Sendable {
  /// Adds a conversation unless there is one of this id, and returns what is stored then: the owner tells whether
  /// it is the caller's.
  func open(_ conversation: Conversation) async throws -> Conversation

  /// Nil if there is none.
  func conversation(_ id: String) async throws -> Conversation?

  /// The owner's conversations by the time of their last message, at most `limit` of those after the one of id `after`.
  func conversations(
    of owner: Owner, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [Conversation]

  /// Changes the title and metadata; nil leaves one as it is.
  func update(_ id: String, title: String?, metadata: JSONValue?) async throws

  /// Removes the conversation with its messages; false if there was none.
  @discardableResult
  func remove(_ id: String) async throws -> Bool

  /// Adds messages at the end, all or none. A message whose id is stored already is left as it is, so that a
  /// repeated call changes nothing.
  ///
  /// - Throws: `StateError.noConversation` if it has been removed.
  func append(_ messages: [StoredMessage], to id: String) async throws

  /// The last `limit` messages in their order, oldest first; nil for all.
  func messages(of id: String, last limit: Int?) async throws -> [StoredMessage]

  /// At most `limit` messages of those after the one of id `after`, in their order or against it; none if `after` is not
  /// a message of the conversation.
  func messages(
    of id: String, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [StoredMessage]

  /// One message and its conversation; nil if there is none.
  func message(_ id: String) async throws -> (message: StoredMessage, conversation: String)?

  /// Removes the messages from `id` on, that one included: for an answer that is to be tried again.
  func removeMessages(from id: String, of conversation: String) async throws

  /// Visits all messages of all owners, each conversation's together and in order, without holding them all in
  /// memory; `since` leaves out older ones.
  func forEachMessage(
    since: Date?, _ body: @Sendable (Conversation, StoredMessage) async throws -> Void
  ) async throws
}

extension ConversationStore {
  /// The owner's conversations, latest message first, at most `limit` of those after the one of id `after`.
  public func conversations(of owner: Owner, after: String?, limit: Int) async throws -> [Conversation] {
    try await conversations(of: owner, after: after, limit: limit, newestFirst: true)
  }
}
