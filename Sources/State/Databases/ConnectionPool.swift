import Dispatch
import Synchronization

/// At most `size` connections that block, each used by one job at a time on a queue of its own. Jobs that find none
/// free wait in the order in which they came.
final class ConnectionPool<Connection>: Sendable {
  /// A connection and its queue.
  private final class Lane: @unchecked Sendable {  // `connection` is touched on `queue` only.
    let queue: DispatchQueue
    var connection: Connection?

    init(_ label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }
  }

  private struct Job: Sendable {
    let id: Int
    let run: @Sendable (Lane) -> Void
    let abandon: @Sendable (any Error) -> Void
  }

  private struct Contents {
    var lanes: [Lane] = []
    /// The one used last is at the end and is used next: its connection is the least likely to be stale.
    var idle: [Lane] = []
    var waiting: [Job] = []
    var nextJob = 0
    var isClosed = false
  }

  private let label: String
  private let size: Int
  private let patience: DispatchTimeInterval
  private let contents = Mutex(Contents())

  /// - Parameter patience: how many milliseconds a job waits for a free connection.
  init(label: String, size: Int, patience: Int = 10_000) {
    self.label = label
    self.size = max(1, size)
    self.patience = .milliseconds(patience)
  }

  /// Runs `body` with a connection: nil the first time, and whenever the last user left nil because it broke.
  ///
  /// - Throws: what `body` throws; `StateError` if no connection became free in time or the pool is closed;
  ///   `CancellationError` if the task was cancelled before `body` began.
  func perform<Result: Sendable>(
    _ body: @escaping @Sendable (inout Connection?) throws -> Result
  ) async throws -> Result {
    let id = contents.withLock { contents in
      contents.nextJob += 1
      return contents.nextJob
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
        submit(
          Job(
            id: id,
            run: { lane in continuation.resume(with: Swift.Result { try body(&lane.connection) }) },
            abandon: { continuation.resume(throwing: $0) }))
      }
    } onCancel: {
      abandon(id, CancellationError())
    }
  }

  /// Drops every connection once its job has ended; later jobs fail.
  func close() async {
    let (lanes, waiting) = contents.withLock { contents in
      contents.isClosed = true
      defer { contents.waiting = [] }
      return (contents.lanes, contents.waiting)
    }
    for job in waiting { job.abandon(Self.closed) }
    for lane in lanes {
      await withCheckedContinuation { continuation in
        lane.queue.async {
          lane.connection = nil
          continuation.resume()
        }
      }
    }
  }

  private enum Placement {
    case runs(Lane)
    case waits
    case refused(any Error)
  }

  private func submit(_ job: Job) {
    let placement = contents.withLock { contents -> Placement in
      // Under the lock: a cancellation from now on finds the job in the queue.
      if Task.isCancelled { return .refused(CancellationError()) }
      if contents.isClosed { return .refused(Self.closed) }
      if let lane = contents.idle.popLast() { return .runs(lane) }
      if contents.lanes.count < size {
        let lane = Lane("\(label).\(contents.lanes.count)")
        contents.lanes.append(lane)
        return .runs(lane)
      }
      contents.waiting.append(job)
      return .waits
    }
    switch placement {
    case .runs(let lane): lane.queue.async { self.work(on: lane, beginningWith: job) }
    case .refused(let error): job.abandon(error)
    case .waits:
      DispatchQueue.global().asyncAfter(deadline: .now() + patience) { [weak self] in
        guard let self else { return }
        abandon(
          job.id,
          StateError(
            .unavailable, "All \(size) connections to the state database are busy. Try again in a moment."))
      }
    }
  }

  private func work(on lane: Lane, beginningWith first: Job) {
    var next: Job? = first
    while let job = next {
      job.run(lane)
      next = contents.withLock { contents in
        if contents.waiting.isEmpty {
          contents.idle.append(lane)
          return nil
        }
        return contents.waiting.removeFirst()
      }
    }
  }

  /// Takes a job that has not begun out of the queue.
  private func abandon(_ id: Int, _ error: any Error) {
    let job = contents.withLock { contents -> Job? in
      guard let index = contents.waiting.firstIndex(where: { $0.id == id }) else { return nil }
      return contents.waiting.remove(at: index)
    }
    job?.abandon(error)
  }

  private static var closed: StateError {
    StateError(.unavailable, "The state database has been closed: the server is stopping.")
  }
}
