/// What the reader of an answer and the thread that receives it agree on, as a state machine without I/O.
///
/// `Head` and `Chunk` stand for whoever waits for them (continuations in the client, numbers in tests).
/// Every waiter is handed out exactly once, by the call that settles what it waits for.
struct TransferState<Head, Chunk> {
  typealias Failure = HTTPClientError

  /// How a body reaches its reader.
  enum Delivery: Sendable, Equatable {
    /// Once, when it is complete.
    case whole
    /// As it arrives; the transfer pauses while this many bytes wait.
    case pieces(bufferBytes: Int)
  }

  /// A waiter and what it waited for, to be resumed once the lock is released.
  enum Wakeup {
    case head(Head, Result<HTTPResponseHead, Failure>)
    case chunk(Chunk, Result<[UInt8]?, Failure>)
  }

  /// What becomes of bytes that arrived.
  enum Reception {
    case accepted(Wakeup?)
    case pause
    /// Nobody wants them any more.
    case refused
  }

  private enum Waiter {
    case head(Head)
    case chunk(Chunk)
  }

  let delivery: Delivery
  private var head: HTTPResponseHead?
  private var buffer: [UInt8] = []
  private var waiter: Waiter?
  private var isPaused = false
  /// Set once, by whichever comes first of the end, a failure and a cancellation.
  private(set) var outcome: Result<Void, Failure>?

  init(delivery: Delivery) {
    self.delivery = delivery
  }

  /// Waits for the head, or tells at once.
  mutating func awaitHead(_ newWaiter: Head) -> Wakeup? {
    if let head { return .head(newWaiter, .success(head)) }
    if let outcome { return .head(newWaiter, outcome.flatMap { .failure(.withoutHead) }) }
    guard waiter == nil else { return .head(newWaiter, .failure(.readTwice)) }
    waiter = .head(newWaiter)
    return nil
  }

  /// Waits for the next bytes, or tells at once. `resumes`: the paused transfer must go on.
  mutating func awaitChunk(_ newWaiter: Chunk) -> (wakeup: Wakeup?, resumes: Bool) {
    if !buffer.isEmpty, mayDeliver {
      let resumes = isPaused && outcome == nil
      isPaused = false
      return (.chunk(newWaiter, .success(takeBuffer())), resumes)
    }
    if let outcome { return (.chunk(newWaiter, outcome.map { nil }), false) }
    guard waiter == nil else { return (.chunk(newWaiter, .failure(.readTwice)), false) }
    waiter = .chunk(newWaiter)
    return (nil, false)
  }

  mutating func receive(head newHead: HTTPResponseHead) -> Wakeup? {
    guard outcome == nil, head == nil else { return nil }
    head = newHead
    guard case .head(let waiting) = waiter else { return nil }
    waiter = nil
    return .head(waiting, .success(newHead))
  }

  mutating func receive(_ bytes: [UInt8]) -> Reception {
    guard outcome == nil else { return .refused }
    if case .pieces(let limit) = delivery {
      if case .chunk(let waiting) = waiter {
        waiter = nil
        return .accepted(.chunk(waiting, .success(bytes)))
      }
      if buffer.count >= limit {
        isPaused = true
        return .pause
      }
    }
    buffer.append(contentsOf: bytes)
    return .accepted(nil)
  }

  /// Ends the transfer; bytes that wait are still delivered.
  mutating func finish(_ result: Result<Void, Failure>) -> Wakeup? {
    guard outcome == nil else { return nil }
    outcome = result
    return settleWaiter()
  }

  /// Ends the transfer for its reader and drops the bytes that wait. `stops`: it was still running.
  mutating func cancel() -> (wakeup: Wakeup?, stops: Bool) {
    guard outcome == nil else { return (nil, false) }
    outcome = .failure(.cancelledByReader)
    buffer = []
    return (settleWaiter(), true)
  }

  private mutating func settleWaiter() -> Wakeup? {
    guard let waiting = waiter, let outcome else { return nil }
    waiter = nil
    switch waiting {
    case .head(let waiting):
      return .head(waiting, outcome.flatMap { .failure(.withoutHead) })
    case .chunk(let waiting):
      if case .success = outcome, !buffer.isEmpty { return .chunk(waiting, .success(takeBuffer())) }
      return .chunk(waiting, outcome.map { nil })
    }
  }

  /// A body that is asked for as a whole is of no use in part.
  private var mayDeliver: Bool {
    switch (delivery, outcome) {
    case (.pieces, _), (.whole, .success): true
    case (.whole, nil), (.whole, .failure): false
    }
  }

  private mutating func takeBuffer() -> [UInt8] {
    defer { buffer = [] }
    return buffer
  }
}

extension TransferState.Wakeup: Sendable where Head: Sendable, Chunk: Sendable {}
extension TransferState.Reception: Sendable where Head: Sendable, Chunk: Sendable {}

extension HTTPClientError {
  static let cancelledByReader = HTTPClientError(.cancelled, "The request was cancelled.")
  static let withoutHead = HTTPClientError(.cutOff, "The connection ended before a status line came.")
  static let readTwice = HTTPClientError(.failed, "Two tasks read one HTTP answer at the same time.")
}
