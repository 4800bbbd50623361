import Models
import Synchronization

/// A chat model that gives the same reply to everything and remembers what it was asked.
public final class ScriptedChatModel: ChatModel {
  public let name = "scripted"
  public let window = 8192
  private let reply: String
  private let asked = Mutex<[ChatRequest]>([])

  public init(_ reply: String) { self.reply = reply }

  public var requests: [ChatRequest] { asked.withLock { $0 } }

  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    asked.withLock { $0.append(request) }
    return AsyncThrowingStream { continuation in
      for word in reply.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
        continuation.yield(.textDelta(word == reply ? word : word + " "))
      }
      continuation.yield(.finish(.stop))
      continuation.finish()
    }
  }
}
