import Synchronization

/// Hands the first of several results to the one task that waits for it.
final class FirstResult<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, any Error>)
    case resolved(Result<Value, any Error>)
    case taken
  }

  private let state = Mutex(State.empty)

  /// Keeps `result` unless there was one before.
  func resolve(_ result: Result<Value, any Error>) {
    let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
      switch state {
      case .empty:
        state = .resolved(result)
        return nil
      case .waiting(let continuation):
        state = .taken
        return continuation
      case .resolved, .taken:
        return nil
      }
    }
    waiting?.resume(with: result)
  }

  /// Waits for the first result; to be called once.
  func value() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let result: Result<Value, any Error>? = state.withLock { state in
        guard case .resolved(let result) = state else {
          state = .waiting(continuation)
          return nil
        }
        state = .taken
        return result
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
