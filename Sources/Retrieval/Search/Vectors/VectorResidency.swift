import Synchronization

/// Whether the float32 vectors of an index are in memory yet; shared by the indexes that grow out of one another.
final class VectorResidency: Sendable {
  /// Whether there is memory for them.
  let isPlanned: Bool
  private let complete: Atomic<Bool>

  init(isPlanned: Bool, isComplete: Bool) {
    self.isPlanned = isPlanned
    complete = Atomic(isComplete)
  }

  var isComplete: Bool { complete.load(ordering: .acquiring) }

  /// To be called when the vectors of all rows have been written.
  func markComplete() { complete.store(true, ordering: .releasing) }
}
