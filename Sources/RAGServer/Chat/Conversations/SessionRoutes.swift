import FoundationEssentials
import HTTPServer
import State

/// `POST /api/chat/sessions` and `POST /api/chat/chat`: conversations that are begun before their first message.
struct SessionRoutes: Sendable {
  let chat: ChatService
  let callers: Callers
  let failures: FailureTranslation

  private struct Session: Encodable {
    var id: String
    var createdAt: String

    enum CodingKeys: String, CodingKey {
      case id = "session_id"
      case createdAt = "created_at"
    }
  }

  private struct Body: ClosedBody {
    static let allowsMore = true

    var sessionID: String
    var message: String
    var userID: String?
    var stream: Bool?
    var filter: FilterBody?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case message, stream, filter
      case sessionID = "session_id"
      case userID = "user_id"
    }
  }

  func add(to api: RouteGroup) {
    let threads = Threads(conversations: chat.state.conversations)
    api.post("/chat/sessions") { request in
      let visitor = Visitor(try await callers.caller(of: request))
      let session = try await threads.begin(visitor)
      return try .reply(
        Session(id: session.id, createdAt: session.createdAt.timestamp))
    }
    api.post("/chat/chat") { request in
      let body = try request.decodeClosed(Body.self)
      let text = try RequestText.question(body.message, field: "message")
      let filter = try body.filter.searchFilter()
      let name = try RequestText.name(body.userID, field: "user_id")
      let visitor = Visitor(try await callers.caller(of: request), name: name)
      let conversation: Conversation
      do {
        conversation = try await threads.existing(body.sessionID, for: visitor)
      } catch let error as HTTPError {
        guard error == Threads.unknown else { throw error }
        throw HTTPError(
          .notFound, code: "session_not_found", message: "There is no such session.",
          hint: "Begin one with POST /api/chat/sessions.")
      }
      try await threads.name(conversation, after: text)
      var message = NewMessage(text, in: conversation, received: request.received)
      message.filter = filter
      if body.stream == true {
        return ChatStream(chat: chat, failures: failures).response(message, to: request)
      }
      return try .reply(ChatReply(try await chat.send(message)))
    }
  }
}
