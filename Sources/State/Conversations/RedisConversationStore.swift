import FoundationEssentials
import Models
import Redis

/// Conversations in Redis. Keys, after the prefix:
///
/// - `conversation:ID`, a hash: owner, title, created, updated, metadata, messages, next (position);
/// - `order:ID`, a sorted set: ids of its messages by position;
/// - `message:ID`, a hash: conversation, role, text, created, detail;
/// - `owner:KEY`, a sorted set: ids of the owner's conversations by the time of their last message;
/// - `conversations`, a sorted set: ids of all conversations in the order of their bytes.
///
/// Each change is one script, so it happens wholly or not at all and nobody sees half of it.
struct RedisConversationStore: ConversationStore {
  let database: RedisDatabase

  /// Messages that an export holds in memory.
  private static let page = 200

  func open(_ conversation: Conversation) async throws -> Conversation {
    let reply = try await database.evaluate(
      RedisScripts.open,
      [
        conversation.id, conversation.owner.key, "\(conversation.createdAt.milliseconds)",
        "\(conversation.updatedAt.milliseconds)", conversation.metadata.text,
      ] + (conversation.title.map { [$0] } ?? []))
    guard let stored = try Self.conversation(conversation.id, reply) else {
      throw StateError.noConversation(conversation.id)
    }
    return stored
  }

  func conversation(_ id: String) async throws -> Conversation? {
    try Self.conversation(id, try await database.evaluate(RedisScripts.conversation, [id]))
  }

  func conversations(
    of owner: Owner, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [Conversation] {
    guard limit > 0 else { return [] }
    let reply = try await database.evaluate(
      RedisScripts.conversations,
      [owner.key, "\(limit)", newestFirst ? "REV" : ""] + (after.map { [$0] } ?? []))
    return try (reply.array ?? []).compactMap { row in
      guard let fields = row.array, let id = fields.last?.text else { return nil }
      return try Self.conversation(id, row)
    }
  }

  func update(_ id: String, title: String?, metadata: JSONValue?) async throws {
    let changes = (title.map { ["title", $0] } ?? []) + (metadata.map { ["metadata", $0.text] } ?? [])
    guard !changes.isEmpty else { return }
    _ = try await database.evaluate(RedisScripts.update, [id] + changes)
  }

  func remove(_ id: String) async throws -> Bool {
    try await database.evaluate(RedisScripts.remove, [id]) == .integer(1)
  }

  func append(_ messages: [StoredMessage], to id: String) async throws {
    let fields = messages.flatMap {
      [$0.id, $0.role.rawValue, $0.text, "\($0.createdAt.milliseconds)", $0.detail.text]
    }
    let reply = try await database.evaluate(RedisScripts.append, [id] + fields)
    guard reply != .integer(-1) else { throw StateError.noConversation(id) }
  }

  func messages(of id: String, last limit: Int?) async throws -> [StoredMessage] {
    if let limit, limit <= 0 { return [] }
    let reply = try await database.evaluate(RedisScripts.messages, [id, "\(limit ?? 0)"])
    return try (reply.array ?? []).compactMap { try Self.message($0)?.message }
  }

  func messages(
    of id: String, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [StoredMessage] {
    guard limit > 0 else { return [] }
    let reply = try await database.evaluate(
      RedisScripts.messagesAfter, [id, "\(limit)", newestFirst ? "REV" : ""] + (after.map { [$0] } ?? []))
    return try (reply.array ?? []).compactMap { try Self.message($0)?.message }
  }

  func message(_ id: String) async throws -> (message: StoredMessage, conversation: String)? {
    try Self.message(try await database.evaluate(RedisScripts.message, [id]))
  }

  func removeMessages(from id: String, of conversation: String) async throws {
    _ = try await database.evaluate(RedisScripts.removeMessages, [conversation, id])
  }

  func forEachMessage(
    since: Date?, _ body: @Sendable (Conversation, StoredMessage) async throws -> Void
  ) async throws {
    let oldest = since?.milliseconds ?? Int.min
    var last = "-"
    while let id = try await nextConversation(after: last) {
      last = "(" + id
      guard let conversation = try await conversation(id) else { continue }
      var position = "-1"
      while true {
        let page = try await database.evaluate(RedisScripts.page, [id, position, "\(Self.page)"]).array ?? []
        for row in page {
          guard let message = try Self.message(row)?.message, message.createdAt.milliseconds >= oldest
          else { continue }
          try await body(conversation, message)
        }
        guard page.count == Self.page, let end = page.last?.array?.last?.text else { break }
        position = end
      }
    }
  }

  private func nextConversation(after last: String) async throws -> String? {
    let reply = try await database.command(
      "ZRANGEBYLEX", database.prefix + "conversations", last, "+", "LIMIT", "0", "1")
    return reply.array?.first?.text
  }

  /// - Parameter reply: owner, title, created, updated, messages, metadata.
  private static func conversation(_ id: String, _ reply: Reply) throws -> Conversation? {
    guard let fields = reply.array, fields.count >= 6, let key = fields[0].text else { return nil }
    guard let owner = Owner(key: key) else {
      throw StateError(
        .incompatible,
        "The conversation '\(id)' is stored with an owner that this version does not know. Update footnote.")
    }
    return Conversation(
      id: id, owner: owner, title: fields[1].text, createdAt: date(fields[2]), updatedAt: date(fields[3]),
      messages: fields[4].text.flatMap { Int($0) } ?? 0, metadata: try json(fields[5]))
  }

  /// - Parameter reply: id, conversation, role, text, created, detail.
  private static func message(_ reply: Reply) throws -> (message: StoredMessage, conversation: String)? {
    guard let fields = reply.array, fields.count >= 6, let id = fields[0].text,
      let conversation = fields[1].text, let text = fields[3].text
    else { return nil }
    let role = fields[2].text.flatMap { StoredMessage.Role(rawValue: $0) } ?? .assistant
    return (
      StoredMessage(
        id: id, role: role, text: text, createdAt: date(fields[4]), detail: try json(fields[5])),
      conversation
    )
  }

  private static func date(_ reply: Reply) -> Date {
    Date(milliseconds: reply.text.flatMap { Int($0) } ?? 0)
  }

  private static func json(_ reply: Reply) throws -> JSONValue {
    try JSONValue(stored: reply.text ?? "null")
  }
}
