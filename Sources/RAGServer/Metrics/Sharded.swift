import Glibc
import Synchronization

/// A dictionary in several parts, one of which each thread writes: threads seldom meet at a lock, and reading adds the
/// parts up.
final class Sharded<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private final class Part: Sendable {
    let values = Mutex<[Key: Value]>([:])
  }

  private let parts = (0..<8).map { _ in Part() }

  /// Changes the calling thread's value of `key`, which begins as `initial`.
  func update(_ key: Key, default initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    // A thread's handle is the address of its control block: the lowest bits are the same for all.
    let thread = pthread_self()
    let part = parts[Int((thread >> 12 ^ thread >> 21) & 7)]
    part.values.withLock { change(&$0[key, default: initial()]) }
  }

  /// What all threads have written, values of one key added up by `add`.
  func merged(_ add: (inout Value, Value) -> Void) -> [Key: Value] {
    var sum: [Key: Value] = [:]
    for part in parts {
      for (key, value) in part.values.withLock({ $0 }) {
        guard var total = sum[key] else {
          sum[key] = value
          continue
        }
        add(&total, value)
        sum[key] = total
      }
    }
    return sum
  }
}
