import FoundationEssentials
import HTTPServer
import State
import Synchronization

/// `GET /api/admin/conversations`, `GET /api/admin/conversations/{id}` and `GET /api/admin/feedback`: what people asked
/// and what they said of the answers, for administrators.
struct ConversationLogRoutes {
  struct Conversations: Codable {
    var conversations: [LoggedConversation]
  }

  struct Feedback: Codable {
    var feedback: [LoggedFeedback]
  }

  private static let days = 30.0
  private static let most = 200

  let state: State
  let callers: Callers

  func add(to api: RouteGroup) {
    let (state, callers) = (state, callers)
    let admin = api.group("/admin")
    admin.get("/conversations") { request in
      try await callers.requireAdministrator(request)
      return try .json(Conversations(conversations: try await Self.latest(state)))
    }
    admin.get("/conversations/{id}") { request in
      try await callers.requireAdministrator(request)
      let id = try request.parameter("id")
      guard let conversation = try await state.conversations.conversation(id) else {
        throw HTTPError.notFound("There is no conversation '\(id)'.", hint: "It may have been removed.")
      }
      return try .json(LoggedConversation(conversation, messages: try await Self.messages(of: id, state)))
    }
    admin.get("/feedback") { request in
      try await callers.requireAdministrator(request)
      return try .json(Feedback(feedback: try await Self.feedback(state)))
    }
  }

  /// Conversations with a message of the last days, latest first.
  private static func latest(_ state: State) async throws -> [LoggedConversation] {
    let found = Mutex<[String: Conversation]>([:])
    try await state.conversations.forEachMessage(since: Date(timeIntervalSinceNow: -days * 86_400)) {
      conversation, _ in
      found.withLock { $0[conversation.id] = conversation }
    }
    return found.withLock { $0.values }.sorted { ($0.updatedAt, $0.id) > ($1.updatedAt, $1.id) }
      .prefix(most).map { LoggedConversation($0) }
  }

  private static func messages(of id: String, _ state: State) async throws -> [LoggedConversation.Message] {
    var messages: [LoggedConversation.Message] = []
    for stored in try await state.conversations.messages(of: id, last: nil) {
      var message = LoggedConversation.Message(
        id: stored.id, role: stored.role, text: stored.text, createdAt: stored.createdAt,
        citations: stored.detail["citations"])
      if stored.role == .assistant {
        let query = RecordQuery(kind: Record.Kind.feedback, subject: stored.id, limit: 1)
        if let rated = try await state.records.records(query).first {
          message.rating = rated.content["rating"]?.integer
          message.comment = rated.content["comment"]?.string
        }
      }
      messages.append(message)
    }
    return messages
  }

  private static func feedback(_ state: State) async throws -> [LoggedFeedback] {
    var feedback: [LoggedFeedback] = []
    for record in try await state.records.records(RecordQuery(kind: Record.Kind.feedback, limit: most)) {
      guard let id = record.subject ?? record.content["message"]?.string else { continue }
      let message = try await state.conversations.message(id)
      feedback.append(
        LoggedFeedback(
          rating: record.content["rating"]?.integer ?? 0, comment: record.content["comment"]?.string,
          createdAt: record.createdAt, messageID: id, conversationID: message?.conversation,
          answer: message.map { String($0.message.text.prefix(200)) }))
    }
    return feedback
  }
}
