import FoundationEssentials
import Models

/// Conversations in an SQL database. The order of a conversation's messages is their `position`, which is given out
/// under the lock of the conversation's row; gaps mean nothing.
struct SQLConversationStore: ConversationStore {
  let database: any StateDatabase

  private static let columns = "id, owner, title, created_at, updated_at, messages, metadata"
  private static let messageColumns = "id, role, text, created_at, detail"
  /// Messages that an export holds in memory.
  private static let page = 200

  func open(_ conversation: Conversation) async throws -> Conversation {
    // The usual case, which needs no write.
    if let stored = try await self.conversation(conversation.id) { return stored }
    return try await database.write { session in
      try session.run(
        """
        INSERT INTO conversations
          (id, owner, title, created_at, updated_at, metadata, messages, next_position)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0) ON CONFLICT (id) DO NOTHING
        """,
        .text(conversation.id), StateValue(conversation.owner), StateValue(conversation.title),
        StateValue(conversation.createdAt), StateValue(conversation.updatedAt),
        StateValue(conversation.metadata))
      guard let stored = try Self.conversation(conversation.id, session) else {
        throw StateError.noConversation(conversation.id)
      }
      return stored
    }
  }

  func conversation(_ id: String) async throws -> Conversation? {
    try await database.read { try Self.conversation(id, $0) }
  }

  private static func conversation(_ id: String, _ session: any StateSession) throws -> Conversation? {
    try session.first(
      "SELECT \(columns) FROM conversations WHERE id = $1", .text(id), map: { try conversation($0) })
  }

  func conversations(
    of owner: Owner, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [Conversation] {
    let (order, comparison) = newestFirst ? ("DESC", "<") : ("ASC", ">")
    return try await database.read { session in
      guard let after else {
        return try session.query(
          """
          SELECT \(Self.columns) FROM conversations WHERE owner = $1
          ORDER BY updated_at \(order), id \(order) LIMIT $2
          """, StateValue(owner), .integer(max(0, limit)), map: { try Self.conversation($0) })
      }
      return try session.query(
        """
        SELECT \(Self.columns) FROM conversations
        WHERE owner = $1 AND (updated_at, id) \(comparison)
          (SELECT updated_at, id FROM conversations WHERE id = $2 AND owner = $1)
        ORDER BY updated_at \(order), id \(order) LIMIT $3
        """, StateValue(owner), .text(after), .integer(max(0, limit)), map: { try Self.conversation($0) })
    }
  }

  func update(_ id: String, title: String?, metadata: JSONValue?) async throws {
    try await database.write { session in
      try session.run(
        "UPDATE conversations SET title = COALESCE($2, title), metadata = COALESCE($3, metadata) WHERE id = $1",
        .text(id), StateValue(title), StateValue(metadata?.text))
    }
  }

  func remove(_ id: String) async throws -> Bool {
    try await database.write { try $0.run("DELETE FROM conversations WHERE id = $1", .text(id)) > 0 }
  }

  func append(_ messages: [StoredMessage], to id: String) async throws {
    try await database.write { session in
      let end = try session.first(
        "UPDATE conversations SET next_position = next_position + $2 WHERE id = $1 RETURNING next_position",
        .text(id), .integer(messages.count)
      ) { $0.integer(0) }
      guard let end else { throw StateError.noConversation(id) }
      var added = 0
      var latest: Date?
      for (position, message) in zip((end - messages.count)..., messages) {
        let isNew = try session.run(
          """
          INSERT INTO messages (id, conversation, position, role, text, created_at, detail)
          VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING
          """,
          .text(message.id), .text(id), .integer(position), .text(message.role.rawValue),
          .text(message.text), StateValue(message.createdAt), StateValue(message.detail))
        guard isNew > 0 else { continue }
        added += 1
        latest = max(latest ?? message.createdAt, message.createdAt)
      }
      guard let latest else { return }
      try session.run(
        """
        UPDATE conversations SET messages = messages + $2,
          updated_at = CASE WHEN updated_at < $3 THEN $3 ELSE updated_at END
        WHERE id = $1
        """, .text(id), .integer(added), StateValue(latest))
    }
  }

  func messages(of id: String, last limit: Int?) async throws -> [StoredMessage] {
    try await database.read { session in
      guard let limit else {
        return try session.query(
          "SELECT \(Self.messageColumns) FROM messages WHERE conversation = $1 ORDER BY position",
          .text(id), map: { try Self.message($0) })
      }
      return try session.query(
        "SELECT \(Self.messageColumns) FROM messages WHERE conversation = $1 ORDER BY position DESC LIMIT $2",
        .text(id), .integer(max(0, limit)), map: { try Self.message($0) }
      ).reversed()
    }
  }

  func messages(
    of id: String, after: String?, limit: Int, newestFirst: Bool
  ) async throws -> [StoredMessage] {
    let (order, comparison) = newestFirst ? ("DESC", "<") : ("ASC", ">")
    return try await database.read { session in
      guard let after else {
        return try session.query(
          """
          SELECT \(Self.messageColumns) FROM messages WHERE conversation = $1
          ORDER BY position \(order) LIMIT $2
          """, .text(id), .integer(max(0, limit)), map: { try Self.message($0) })
      }
      return try session.query(
        """
        SELECT \(Self.messageColumns) FROM messages WHERE conversation = $1 AND position \(comparison)
          (SELECT position FROM messages WHERE conversation = $1 AND id = $2)
        ORDER BY position \(order) LIMIT $3
        """, .text(id), .text(after), .integer(max(0, limit)), map: { try Self.message($0) })
    }
  }

  func message(_ id: String) async throws -> (message: StoredMessage, conversation: String)? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.messageColumns), conversation FROM messages WHERE id = $1", .text(id)
      ) { (try Self.message($0), $0.text(5)) }
    }
  }

  func removeMessages(from id: String, of conversation: String) async throws {
    try await database.write { session in
      // The row's lock keeps an append from coming between.
      _ = try session.first(
        "SELECT id FROM conversations WHERE id = $1\(session.rowLock)", .text(conversation)
      ) { _ in }
      let removed = try session.run(
        """
        DELETE FROM messages WHERE conversation = $1 AND position >=
          (SELECT position FROM messages WHERE conversation = $1 AND id = $2)
        """, .text(conversation), .text(id))
      try session.run(
        "UPDATE conversations SET messages = messages - $2 WHERE id = $1", .text(conversation),
        .integer(removed))
    }
  }

  func forEachMessage(
    since: Date?, _ body: @Sendable (Conversation, StoredMessage) async throws -> Void
  ) async throws {
    var last = (conversation: "", position: -1)
    while true {
      let after = last
      let page = try await database.read { session in
        try session.query(
          """
          SELECT c.id, c.owner, c.title, c.created_at, c.updated_at, c.messages, c.metadata,
            m.id, m.role, m.text, m.created_at, m.detail, m.position
          FROM messages m JOIN conversations c ON c.id = m.conversation
          WHERE (m.conversation, m.position) > ($1, $2) AND m.created_at >= $3
          ORDER BY m.conversation, m.position LIMIT \(Self.page)
          """, .text(after.conversation), .integer(after.position),
          since.map { StateValue($0) } ?? .integer(Int.min)
        ) { (try Self.conversation($0), try Self.message($0, from: 7), $0.integer(12)) }
      }
      for (conversation, message, _) in page { try await body(conversation, message) }
      guard page.count == Self.page, let (conversation, _, position) = page.last else { return }
      last = (conversation.id, position)
    }
  }

  private static func conversation(_ row: any StateRow) throws -> Conversation {
    guard let owner = Owner(key: row.text(1)) else {
      throw StateError(
        .incompatible,
        "The conversation '\(row.text(0))' is stored with an owner that this version does not know. "
          + "Update footnote.")
    }
    return Conversation(
      id: row.text(0), owner: owner, title: row.optionalText(2), createdAt: row.date(3),
      updatedAt: row.date(4), messages: row.integer(5), metadata: try row.json(6))
  }

  private static func message(_ row: any StateRow, from first: Int = 0) throws -> StoredMessage {
    StoredMessage(
      id: row.text(first), role: StoredMessage.Role(rawValue: row.text(first + 1)) ?? .assistant,
      text: row.text(first + 2), createdAt: row.date(first + 3), detail: try row.json(first + 4))
  }
}
