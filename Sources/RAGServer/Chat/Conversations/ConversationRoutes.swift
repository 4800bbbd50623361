import FoundationEssentials
import HTTPServer
import Models
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `GET /api/conversations`, `GET` and `DELETE /api/conversations/{id}`, `GET /api/conversations/export`.
///
/// The list is of whom the request proves to be, by a token, a session's cookie or secret: a mere `user_id` opens single
/// conversations by their id, but lists nothing.
struct ConversationRoutes: Sendable {
  let state: State
  let callers: Callers
  let cookies: SessionCookie

  func add(to api: RouteGroup) {
    api.get("/conversations/export") { request in
      try await callers.requireAdministrator(request)
      return ConversationExport(conversations: conversations).response()
    }
    api.get("/conversations") { request in
      let visitor = try await visitor(request)
      guard visitor.mayListAll else { return try .reply(page([])) }
      let limit = try Self.limit(of: request, default: 50, most: 500)
      let found = try await conversations.conversations(
        of: visitor.owner, after: request.query["after"], limit: limit)
      return try .reply(page(found, isLast: found.count < limit))
    }
    api.get("/conversations/{id}") { request in
      let found = try await conversation(request)
      let limit = try Self.limit(of: request, default: 1000, most: 10_000)
      let messages = try await conversations.messages(of: found.id, last: limit)
      guard case .object(var members) = Self.json(found) else { return try .reply(Self.json(found)) }
      members["messages"] = .array(messages.map(Self.json))
      return try .reply(JSONValue.object(members))
    }
    api.delete("/conversations/{id}") { request in
      let found = try await conversation(request)
      try await state.remove(conversation: found.id)
      return try .reply(JSONValue.object(["id": .string(found.id), "deleted": true]))
    }
  }

  private var conversations: any ConversationStore { state.conversations }

  private func visitor(_ request: Request) async throws -> Visitor {
    Visitor(
      try await callers.caller(of: request),
      name: try RequestText.name(request.query["user_id"], field: "user_id"),
      session: cookies.session(of: request))
  }

  private func conversation(_ request: Request) async throws -> Conversation {
    let visitor = try await visitor(request)
    guard let found = try await conversations.conversation(try request.parameter("id")),
      visitor.maySee(found)
    else { throw Threads.unknown }
    return found
  }

  private func page(_ found: [Conversation], isLast: Bool = true) -> JSONValue {
    [
      "conversations": .array(found.map(Self.json)),
      "next": isLast ? .null : found.last.map { .string($0.id) } ?? .null,
    ]
  }

  static func json(_ conversation: Conversation) -> JSONValue {
    [
      "id": .string(conversation.id), "conversation_id": .string(conversation.id),
      "title": conversation.title.map { .string($0) } ?? .null,
      "created_at": .string(conversation.createdAt.timestamp),
      "updated_at": .string(conversation.updatedAt.timestamp),
      "message_count": .integer(conversation.messages),
    ]
  }

  /// A message with what was stored with it beside.
  static func json(_ message: StoredMessage) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if case .object(let detail) = message.detail { members = detail }
    if message.role == .assistant {
      members["low_confidence"] = .bool(MessageDetail.hasLowConfidence(members))
    }
    members["id"] = .string(message.id)
    members["role"] = .string(message.role.rawValue)
    members["content"] = .string(message.text)
    members["created_at"] = .string(message.createdAt.timestamp)
    return .object(members)
  }

  private static func limit(of request: Request, default: Int, most: Int) throws -> Int {
    guard let text = request.query["limit"] else { return `default` }
    guard let limit = Int(text), (1...most).contains(limit) else {
      throw HTTPError.badRequest("limit: expected a whole number from 1 to \(most), found '\(text)'")
    }
    return limit
  }
}
