import Synchronization

/// What is thrown in place of a result that came too late.
public struct DeadlineExceeded: Error, CustomStringConvertible {
  public let limit: Duration
  public var description: String { "There was no answer within \(limit)." }
}

/// Runs `work` and returns after `limit` at the latest, even if `work` ignores its cancellation.
public func withDeadline<Value: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    let waiting = Waiting(continuation)
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
  }
}

/// Resumed by whoever comes first.
private final class Waiting<Value: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Value, any Error>?>

  init(_ continuation: CheckedContinuation<Value, any Error>) {
    self.continuation = Mutex(continuation)
  }

  func resume(_ result: Result<Value, any Error>) {
    continuation.withLock { $0.take() }?.resume(with: result)
  }
}
