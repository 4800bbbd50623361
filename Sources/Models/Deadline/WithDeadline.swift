import Synchronization

/// What is thrown in place of a result that came too late.
public struct DeadlineExceeded: Error, Sendable, CustomStringConvertible {
  public let limit: Duration

  public init(limit: Duration) { self.limit = limit }

  public var description: String { "There was no answer within \(limit)." }
}

/// Runs `work` and returns after `limit` at the latest, or when the calling task is cancelled, even if `work` ignores
/// its cancellation.
public func withDeadline<Value: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let waiting = Waiting<Value>()
  let task = Task {
    do {
      waiting.resume(.success(try await work()))
    } catch {
      waiting.resume(.failure(error))
    }
  }
  let timer = Task {
    try await Task.sleep(for: limit)
    waiting.resume(.failure(DeadlineExceeded(limit: limit)))
    task.cancel()
  }
  // A timer that outlives its work would keep it in memory until it rings.
  Task {
    await task.value
    timer.cancel()
  }
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { waiting.wait($0) }
  } onCancel: {
    waiting.resume(.failure(CancellationError()))
    task.cancel()
  }
}

/// Resumed by whoever comes first, which may be before anybody waits.
private final class Waiting<Value: Sendable>: Sendable {
  private enum State {
    case open
    case waiting(CheckedContinuation<Value, any Error>)
    case resolved(Result<Value, any Error>)
    case done
  }

  private let state = Mutex(State.open)

  func wait(_ continuation: CheckedContinuation<Value, any Error>) {
    let result: Result<Value, any Error>? = state.withLock { state in
      if case .resolved(let result) = state {
        state = .done
        return result
      }
      state = .waiting(continuation)
      return nil
    }
    if let result { continuation.resume(with: result) }
  }

  func resume(_ result: Result<Value, any Error>) {
    let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
      switch state {
      case .open:
        state = .resolved(result)
        return nil
      case .waiting(let continuation):
        state = .done
        return continuation
      case .resolved, .done:
        return nil
      }
    }
    waiting?.resume(with: result)
  }
}
