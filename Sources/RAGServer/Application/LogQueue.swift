import Dispatch
import Synchronization

/// Writes log lines on a queue of its own, so that whoever reads them slowly holds up no request.
final class LogQueue: Sendable {
  /// Lines that may wait; further ones are dropped.
  private static let limit = 10_000

  private let queue = DispatchQueue(label: "footnote.log")
  private let waiting = Atomic<Int>(0)

  func write(_ line: @escaping @Sendable () -> Void) {
    guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= Self.limit else {
      waiting.wrappingSubtract(1, ordering: .relaxed)
      return
    }
    queue.async {
      line()
      self.waiting.wrappingSubtract(1, ordering: .relaxed)
    }
  }

  /// Returns when every line so far has been written.
  func drained() async {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume() }
    }
  }
}
