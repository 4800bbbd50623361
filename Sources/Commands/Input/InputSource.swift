import Dispatch
import Glibc
import Synchronization

/// Reads a descriptor on a queue of its own.
struct InputSource: Sendable {
  let descriptor: Int32
  private let queue = DispatchQueue(label: "input")

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Some bytes, none at the end of the input.
  func read() async throws -> [UInt8] {
    let isCancelled = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async { continuation.resume(with: Result { try Self.wait(descriptor, isCancelled) }) }
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  private static func wait(_ descriptor: Int32, _ isCancelled: CancellationFlag) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      if isCancelled.isSet { throw CancellationError() }
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Looks up ten times a second to see whether the answer is still wanted.
      guard poll(&ready, 1, 100) > 0 else { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count >= 0 { return Array(buffer[..<count]) }
      guard errno == EINTR || errno == EAGAIN else {
        throw InputError.unreadable(String(cString: strerror(errno)))
      }
    }
  }
}

/// Tells a thread that waits that its task was cancelled.
private final class CancellationFlag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
