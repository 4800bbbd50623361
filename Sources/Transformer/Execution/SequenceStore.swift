import Synchronization

/// Token sequences that different threads produce.
final class SequenceStore: Sendable {
  private let sequences: Mutex<[[Int32]]>

  init(count: Int) { sequences = Mutex(Array(repeating: [], count: count)) }

  func set(_ index: Int, _ ids: [Int32]) { sequences.withLock { $0[index] = ids } }

  var values: [[Int32]] { sequences.withLock { $0 } }
}
