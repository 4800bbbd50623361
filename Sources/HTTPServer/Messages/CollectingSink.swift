import Synchronization

/// Keeps a streamed body in memory.
final class CollectingSink: ResponseSink {
  private let collected = Mutex<[UInt8]>([])

  var bytes: [UInt8] { collected.withLock { $0 } }

  func write(_ bytes: [UInt8]) async throws {
    collected.withLock { $0 += bytes }
  }

  func keepAlive(every interval: Duration, sending bytes: [UInt8]) {}
}
