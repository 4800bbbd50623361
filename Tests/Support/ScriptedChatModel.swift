import Models
import Synchronization

/// A chat model that gives the same reply to everything and remembers what it was asked.
public final class ScriptedChatModel: ChatModel {
  public let name = "scripted"
  public let window: Int
  private let reply: String
  private let failure: ModelError?
  private let asked = Mutex<[ChatRequest]>([])

  /// - Parameter failure: what the stream ends with after the reply, in place of a good end.
  public init(_ reply: String, window: Int = 8192, failure: ModelError? = nil) {
    self.reply = reply
    self.window = window
    self.failure = failure
  }

  public var requests: [ChatRequest] { asked.withLock { $0 } }

  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    asked.withLock { $0.append(request) }
    return AsyncThrowingStream { continuation in
      for word in reply.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
        continuation.yield(.textDelta(word == reply ? word : word + " "))
      }
      if let failure { return continuation.finish(throwing: failure) }
      continuation.yield(.usage(Usage(promptTokens: 90, completionTokens: 10)))
      continuation.yield(.finish(.stop))
      continuation.finish()
    }
  }
}
