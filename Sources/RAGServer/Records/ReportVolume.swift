import Synchronization

/// Counts the bytes that pages have reported to this server, so that they are looked at before they are many.
final class ReportVolume: Sendable {
  private let bytes = Atomic<Int>(0)

  func add(_ count: Int) { bytes.wrappingAdd(count, ordering: .relaxed) }

  /// Bytes since the last `reset`.
  var count: Int { bytes.load(ordering: .relaxed) }

  func reset() { bytes.store(0, ordering: .relaxed) }
}
