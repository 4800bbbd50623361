import FoundationEssentials
import HTTPServer
import Models
import State

/// Conversations as the threads of one person: those of all interfaces, by the same ids.
struct ChatKitThreads: Sendable {
  let state: State

  /// Names the session that began a thread, in the conversation's metadata.
  private static let sessionMember = "chatkit_session"
  private static let longestTitle = 200
  /// Conversations that are looked through for those of one session.
  private static let longestSearch = 2000

  private var conversations: any ConversationStore { state.conversations }

  func begin(_ visitor: Visitor, about text: String) async throws -> Conversation {
    let session = visitor.caller.chatKit?.session
    return try await Threads(conversations: conversations).begin(
      visitor, about: text, metadata: session.map { [Self.sessionMember: .string($0)] } ?? .null)
  }

  /// - Throws: `HTTPError` 404 for a thread of somebody else, and where there is none.
  func existing(_ id: String, _ visitor: Visitor) async throws -> Conversation {
    do {
      return try await Threads(conversations: conversations).existing(id, for: visitor)
    } catch let error as HTTPError {
      guard error == Threads.unknown else { throw error }
      throw HTTPError(
        .notFound, code: "thread_not_found", message: "There is no such thread.",
        hint: "Begin one with threads.create; those of others are not shown.")
    }
  }

  func page(_ query: ChatKitPageQuery, of visitor: Visitor) async throws -> ChatKitPage<Conversation> {
    let owner = visitor.owner
    let session = visitor.caller.chatKit?.session
    let listsAll = visitor.mayListAll
    var found: [Conversation] = []
    var after = query.after
    var seen = 0
    // One more than asked for tells whether there is another page.
    while found.count <= query.limit, seen < Self.longestSearch {
      let wanted = listsAll ? query.limit + 1 : 200
      let next = try await conversations.conversations(
        of: owner, after: after, limit: wanted, newestFirst: query.order == .descending)
      found += next.filter { listsAll || $0.metadata[Self.sessionMember]?.string == session }
      seen += next.count
      after = next.last?.id
      if next.count < wanted { break }
    }
    return Self.page(found, query.limit, \.id)
  }

  func items(of thread: String, _ query: ChatKitPageQuery) async throws -> ChatKitPage<ChatKitItem> {
    let found = try await conversations.messages(
      of: thread, after: query.after, limit: query.limit + 1, newestFirst: query.order == .descending)
    return Self.page(found, query.limit, \.id).map { ChatKitItem($0, thread: thread) }
  }

  /// The thread with its first items.
  func whole(_ conversation: Conversation) async throws -> ChatKitThread {
    var query = ChatKitPageQuery()
    query.order = .ascending
    return ChatKitThread(conversation, items: try await items(of: conversation.id, query))
  }

  func rename(_ thread: Conversation, _ title: String) async throws -> Conversation {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !title.isEmpty, title.unicodeScalars.count <= Self.longestTitle else {
      throw HTTPError.badRequest("params.title: expected 1 to \(Self.longestTitle) characters")
    }
    try await conversations.update(thread.id, title: title, metadata: nil)
    var renamed = thread
    renamed.title = title
    return renamed
  }

  /// Stores what somebody has written, so that it is there whatever becomes of the answer.
  func add(_ input: ChatKitInput, _ text: String, to thread: Conversation) async throws -> StoredMessage {
    let message = StoredMessage(
      id: UUID().uuidString.lowercased(), role: .user, text: text, createdAt: Date(), detail: input.detail)
    try await conversations.append([message], to: thread.id)
    return message
  }

  /// A message of the thread, whose answer and all that follows are taken back.
  ///
  /// - Throws: `HTTPError` 404 if there is none, 400 for an answer.
  func rewind(_ thread: String, to item: String) async throws -> StoredMessage {
    let message = try await message(item, of: thread)
    guard message.role == .user else {
      throw HTTPError.badRequest(
        "params.item_id: '\(item.prefix(80))' is an answer",
        hint: "Send the id of the user's message before it.")
    }
    let next = try await conversations.messages(of: thread, after: item, limit: 1, newestFirst: false)
    if let next = next.first { try await state.removeMessages(from: next.id, of: thread) }
    return message
  }

  /// - Throws: `HTTPError` 404 if the thread has no such message.
  func message(_ id: String, of thread: String) async throws -> StoredMessage {
    guard id.utf8.count <= 800, let (message, conversation) = try await conversations.message(id),
      conversation == thread
    else {
      throw HTTPError(
        .notFound, code: "item_not_found", message: "The thread has no such item.",
        hint: "Send an id that items.list gives.")
    }
    return message
  }

  private static func page<Element: Sendable>(
    _ found: [Element], _ limit: Int, _ id: (Element) -> String
  ) -> ChatKitPage<Element> {
    let data = Array(found.prefix(limit))
    let hasMore = found.count > limit
    return ChatKitPage(data: data, hasMore: hasMore, after: hasMore ? data.last.map(id) : nil)
  }
}
