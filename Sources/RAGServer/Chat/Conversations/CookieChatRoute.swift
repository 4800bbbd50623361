import FoundationEssentials
import HTTPServer

/// `POST /chat`: a conversation known by a signed cookie alone, which is set at its first message. A cookie that was
/// tampered with begins a new one.
struct CookieChatRoute: Sendable {
  let chat: ChatService
  let callers: Callers
  let cookies: SessionCookie
  let failures: FailureTranslation

  private struct Body: Decodable {
    var prompt: String
    var model: String?
    var stream: Bool?
    var filter: FilterBody?
  }

  func add(to router: RouteGroup) {
    router.post("/chat") { request in
      let body = try request.decodeJSON(Body.self)
      let text = try RequestText.question(body.prompt, field: "prompt")
      let filter = try body.filter.searchFilter()
      // Before anything is stored: a wrong name is not worth a session.
      do {
        _ = try chat.models.writer(body.model)
      } catch let error as HTTPError {
        guard error.status == .notFound else { throw error }
        throw HTTPError(.badRequest, code: error.code, message: "model: \(error.message)", hint: error.hint)
      }
      let known = cookies.session(of: request)
      let session = known ?? UUID().uuidString.lowercased()
      var caller = try await callers.caller(of: request)
      // The cookie decides here, whoever else the caller may be.
      caller.user = nil
      let conversation = try await Threads(conversations: chat.state.conversations)
        .begin(Visitor(caller, session: session), id: session, about: text)
      var message = NewMessage(text, in: conversation, model: body.model, received: request.received)
      message.filter = filter
      var response: Response
      if body.stream == true {
        response = ChatStream(chat: chat, failures: failures).response(message, to: request)
      } else {
        response = try .reply(ChatReply(try await chat.send(message)))
      }
      if known == nil { response.setCookie(cookies.cookie(for: session, to: request)) }
      return response
    }
  }
}
