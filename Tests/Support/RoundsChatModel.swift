import Models
import Synchronization

/// A chat model that gives one prepared reply after the other, the last one for ever.
public final class RoundsChatModel: ChatModel {
  public enum Round: Sendable {
    case events([ChatEvent])
    case failure(ModelError)

    public static func text(_ text: String) -> Round { .events([.textDelta(text), .finish(.stop)]) }

    /// Calls of tools: name and arguments, with ids from `c1` on.
    public static func calls(_ calls: (String, String)..., usage: Usage? = nil) -> Round {
      let events = calls.enumerated().map { index, call in
        ChatEvent.toolCall(ToolCall(id: "c\(index + 1)", name: call.0, arguments: call.1))
      }
      return .events(events + (usage.map { [.usage($0)] } ?? []) + [.finish(.toolCalls)])
    }
  }

  public let name = "rounds"
  public let window = 8192
  private let rounds: [Round]
  private let asked = Mutex<[ChatRequest]>([])

  public init(_ rounds: Round...) { self.rounds = rounds }

  public var requests: [ChatRequest] { asked.withLock { $0 } }

  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    let number = asked.withLock { asked in
      asked.append(request)
      return asked.count - 1
    }
    let round = rounds[min(number, rounds.count - 1)]
    return AsyncThrowingStream { continuation in
      switch round {
      case .failure(let error):
        continuation.finish(throwing: error)
      case .events(let events):
        for event in events { continuation.yield(event) }
        continuation.finish()
      }
    }
  }
}
