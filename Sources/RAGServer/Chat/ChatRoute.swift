import Answering
import HTTPServer
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `POST /api/chat`: an answer with footnotes, whole or as it is written.
struct ChatRoute: Sendable {
  let chat: ChatService
  let callers: Callers
  let failures: FailureTranslation

  func add(to api: RouteGroup) {
    api.post("/chat") { request in
      let body = try request.decodeClosed(ChatBody.self)
      let text = try RequestText.question(body.message, field: "message")
      let filter = try body.filter.searchFilter()
      let name = try RequestText.name(body.userID, field: "user_id")
      let visitor = Visitor(try await callers.caller(of: request), name: name)
      let threads = Threads(conversations: chat.state.conversations)
      let conversation = try await threads.resolve(body.conversationID, for: visitor, about: text)
      var message = NewMessage(text, in: conversation, received: request.received)
      message.filter = filter
      if body.stream == true {
        return ChatStream(chat: chat, failures: failures).response(message, to: request)
      }
      return try .reply(ChatReply(try await chat.send(message)))
    }
  }
}
