internal import CMicroHTTPD
import Synchronization

/// Carries a streamed body from its producer's task to the I/O thread, and makes each wait for the other.
final class StreamPipe: ResponseSink {
  fileprivate enum End {
    case finished
    case failed(String)
  }

  fileprivate struct KeepAlive {
    let interval: Int64
    let bytes: [UInt8]
  }

  fileprivate struct State {
    var buffer: [UInt8] = []
    /// Bytes at the buffer's front that were read already.
    var consumed = 0
    var end: End?
    /// No more is read: the client left or the server stops.
    var isClosed = false
    /// The library waits for bytes, its connection suspended.
    var isReaderSuspended = false
    var sentBytes = 0
    var lastWrite: Int64 = 0
    var keepAlive: KeepAlive?
    /// A write larger than the buffer is under way, inside of which nothing may be put.
    var isWriting = false
    var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    var nextWaiter = 0

    var pending: Int { buffer.count - consumed }
  }

  private let handle: ConnectionHandle
  private let capacity: Int
  private let state = Mutex(State())

  /// - Parameter capacity: bytes that wait for the client before writers wait.
  init(handle: ConnectionHandle, capacity: Int) {
    self.handle = handle
    self.capacity = max(1, capacity)
  }

  var sentBytes: Int { state.withLock { $0.sentBytes } }

  /// What the producer threw, unless it threw because the client had gone.
  var failure: String? {
    state.withLock { state in
      if case .failed(let text) = state.end { text } else { nil }
    }
  }

  // MARK: Producer's side

  func write(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let taken: Int = try state.withLock { state in
        if state.isClosed { throw ClientGone() }
        let count = min(rest.count, capacity - state.pending)
        if count > 0 {
          state.append(rest.prefix(count))
          wakeReader(&state)
        }
        state.isWriting = count < rest.count
        return count
      }
      rest = rest.dropFirst(taken)
      if !rest.isEmpty { try await waitForRoom() }
    }
  }

  func keepAlive(every interval: Duration, sending bytes: [UInt8]) {
    let keepAlive = KeepAlive(interval: max(1, MonotonicTime.nanoseconds(interval)), bytes: bytes)
    state.withLock { state in
      state.keepAlive = keepAlive
      state.lastWrite = MonotonicTime.now()
    }
  }

  /// The producer is done.
  func finish() {
    state.withLock { state in
      if state.end == nil { state.end = .finished }
      wakeReader(&state)
    }
  }

  /// The producer failed: the connection is cut without the end of the body.
  func fail(_ text: String) {
    state.withLock { state in
      if state.end == nil, !state.isClosed { state.end = .failed(text) }
      wakeReader(&state)
    }
  }

  private func waitForRoom() async throws {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Void, any Error>? = state.withLock { state in
          if state.isClosed { return .failure(ClientGone()) }
          // A cancellation before this lock is seen here; one after it finds the waiter.
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.pending < capacity { return .success(()) }
          state.waiters.append((id, continuation))
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  // MARK: Server's side

  /// Called by the library for the next bytes: their number, -1 at the end, -2 to cut the connection, or 0
  /// after suspending the connection.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    let count: Int = state.withLock { state in
      if state.isClosed { return -2 }
      let count = min(buffer.count, state.pending)
      guard count > 0 else {
        switch state.end {
        case .finished?: return -1
        case .failed?: return -2
        case nil:
          // Inside of the lock, so that no writer can resume what is not suspended yet.
          state.isReaderSuspended = true
          MHD_suspend_connection(handle.pointer)
          return 0
        }
      }
      state.take(count, into: buffer)
      if state.pending <= capacity / 2 { swap(&waiters, &state.waiters) }
      return count
    }
    for waiter in waiters { waiter.continuation.resume() }
    return count
  }

  /// Ends reading and writing. The library, if it waits, is woken to close the connection.
  func close() {
    let waiters = state.withLock { state in
      state.isClosed = true
      state.buffer = []
      state.consumed = 0
      wakeReader(&state)
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.continuation.resume(throwing: ClientGone()) }
  }

  /// Sends the keep-alive bytes if nothing was written for its interval and nothing waits to be read.
  func watch(now: Int64) {
    state.withLock { state in
      guard let keepAlive = state.keepAlive, state.pending == 0, !state.isWriting, !state.isClosed,
        state.end == nil, now - state.lastWrite >= keepAlive.interval
      else { return }
      state.append(keepAlive.bytes[...])
      wakeReader(&state)
    }
  }

  private func wakeReader(_ state: inout State) {
    guard state.isReaderSuspended else { return }
    state.isReaderSuspended = false
    MHD_resume_connection(handle.pointer)
  }
}

extension StreamPipe.State {
  fileprivate mutating func append(_ bytes: ArraySlice<UInt8>) {
    buffer += bytes
    lastWrite = MonotonicTime.now()
  }

  fileprivate mutating func take(_ count: Int, into target: UnsafeMutableRawBufferPointer) {
    buffer.withUnsafeBytes { source in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[consumed..<consumed + count]))
    }
    consumed += count
    sentBytes += count
    if consumed == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      consumed = 0
    } else if consumed >= buffer.count / 2 {
      buffer.removeFirst(consumed)
      consumed = 0
    }
  }
}
