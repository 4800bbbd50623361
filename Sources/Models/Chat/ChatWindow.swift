import Synchronization

/// Tokens of prompt and answer that a chat model takes: what is known or assumed, until a refusal says it is less.
final class ChatWindow: Sendable {
  /// A smaller one is hardly meant.
  private static let least = 512
  private let known: Mutex<Int>

  init(_ tokens: Int) { known = Mutex(max(Self.least, tokens)) }

  var tokens: Int { known.withLock { $0 } }

  /// Takes note of what a refusal says.
  func learn(from error: ModelError) {
    guard error.kind == .contextLengthExceeded, let stated = error.window else { return }
    known.withLock { $0 = min($0, max(Self.least, stated)) }
  }
}
