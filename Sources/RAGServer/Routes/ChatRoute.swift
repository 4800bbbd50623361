import Answering
import HTTPServer

/// `POST /api/chat`: an answer with footnotes.
struct ChatRoute {
  let answerer: Answerer

  func add(to api: RouteGroup<Void>) {
    let answerer = answerer
    api.post("/chat") { request in
      let chat = try request.decodeJSON(ChatRequest.self)
      let message = try RequestText.question(chat.message, field: "message")
      let conversation = try chat.conversation()
      return try .reply(ChatReply(try await answerer.answer(message), conversation: conversation))
    }
  }
}
