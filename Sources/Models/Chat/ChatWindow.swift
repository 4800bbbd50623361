import Synchronization

/// Tokens of prompt and answer that a chat model takes, as far as our estimates of tokens go: what is known or assumed,
/// until refusals say that it is less, or that the model counts more tokens than we do.
final class ChatWindow: Sendable {
  private struct State {
    var stated: Int
    /// What our estimates have to stay below, 1 or less.
    var share = 1.0
  }

  /// A smaller one is hardly meant.
  private static let least = 512
  /// A question that fits nowhere is refused again and again, which says nothing of others.
  private static let leastShare = 0.6
  private let state: Mutex<State>

  init(_ tokens: Int) { state = Mutex(State(stated: max(Self.least, tokens))) }

  var tokens: Int {
    state.withLock { max(Self.least, Int(Double($0.stated) * $0.share)) }
  }

  /// Takes note of what a refusal says.
  func learn(from error: ModelError) {
    guard error.kind == .contextLengthExceeded else { return }
    state.withLock { state in
      if let stated = error.window, stated < state.stated {
        state.stated = max(Self.least, stated)
      } else {
        state.share = max(Self.leastShare, state.share * 0.9)
      }
    }
  }
}
