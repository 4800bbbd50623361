import Answering
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// An exchange as server-sent events.
///
/// `start` names the conversation and the message; `delta` carries the next characters of the answer (`text`);
/// `replace` (`text`) takes the place of all of them, where the chat model failed in the middle; `tool` tells of a tool
/// that was used; `citations` lists what the numbers mean; `done`, the last one, is the whole reply. `error`, in its
/// place, is what the error's response would have been.
struct ChatStream: Sendable {
  let chat: ChatService
  let failures: FailureTranslation

  private struct Start: Encodable {
    var conversationID: String
    var messageID: String

    enum CodingKeys: String, CodingKey {
      case conversationID = "conversation_id"
      case messageID = "message_id"
    }
  }

  private struct Text: Encodable {
    var text: String
  }

  private struct Citations: Encodable {
    var citations: [Citation]
  }

  func response(_ message: NewMessage, to request: Request) -> Response {
    .events { events in
      try await events.send(
        json: Start(conversationID: message.conversation.id, messageID: message.replyID), event: "start")
      do {
        for try await event in chat.stream(message, keepsParts: true) {
          switch event {
          case .progress(.delta(let text)): try await events.send(json: Text(text: text), event: "delta")
          case .progress(.replaced(let text)):
            try await events.send(json: Text(text: text), event: "replace")
          case .progress(.tool(let use)): try await events.send(json: use, event: "tool")
          case .progress: break
          case .done(let exchange):
            try await events.send(json: Citations(citations: exchange.answer.citations), event: "citations")
            try await events.send(json: ChatReply(exchange), event: "done")
          }
        }
      } catch let error as ClientGone {
        throw error
      } catch {
        let response = await failures.response(to: request, for: error)
        try await events.send(String(decoding: response.body.collect(), as: UTF8.self), event: "error")
      }
    }
  }
}
