import Dispatch
import SQLite
import Synchronization

/// The one connection that writes to a state file, on a queue of its own.
///
/// Every commit waits for the disk, so writes that come while it does are committed together by the next one, each in a
/// savepoint: what one of them throws undoes that one alone.
final class SQLiteWriter: @unchecked Sendable {  // `connection` is touched on `queue` only.
  /// A write that waits, or whose transaction is not yet committed.
  private struct Job: Sendable {
    let run: @Sendable (SQLiteSession) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private struct Waiting {
    var jobs: [Job] = []
    var isDraining = false
    var isClosed = false
  }

  /// Writes in one transaction; more would let the first of them wait long.
  private static let batch = 256

  private let queue = DispatchQueue(label: "footnote.state.writer", qos: .userInitiated)
  private let waiting = Mutex(Waiting())
  private var connection: Connection?

  init(_ connection: Connection) {
    self.connection = connection
  }

  func write<Result: Sendable>(
    _ body: @escaping @Sendable (SQLiteSession) throws -> Result
  ) async throws -> Result {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<Result?>(nil)
      submit(
        Job(
          run: { session in
            let value = try body(session)
            result.withLock { $0 = value }
          },
          finish: { error in
            if let error { return continuation.resume(throwing: error) }
            guard let value = result.withLock({ $0 }) else {
              return continuation.resume(throwing: Self.closed)
            }
            continuation.resume(returning: value)
          }))
    }
  }

  func close() async {
    waiting.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      queue.async {
        self.connection = nil
        continuation.resume()
      }
    }
  }

  private func submit(_ job: Job) {
    let (isClosed, starts) = waiting.withLock { waiting in
      guard !waiting.isClosed else { return (true, false) }
      waiting.jobs.append(job)
      defer { waiting.isDraining = true }
      return (false, !waiting.isDraining)
    }
    if isClosed { job.finish(Self.closed) }
    if starts { queue.async { self.drain() } }
  }

  private func drain() {
    while true {
      let jobs = waiting.withLock { waiting in
        let jobs = Array(waiting.jobs.prefix(Self.batch))
        waiting.jobs.removeFirst(jobs.count)
        if jobs.isEmpty { waiting.isDraining = false }
        return jobs
      }
      if jobs.isEmpty { return }
      commit(jobs)
    }
  }

  private func commit(_ jobs: [Job]) {
    guard let connection else {
      for job in jobs { job.finish(Self.closed) }
      return
    }
    do {
      let errors = try connection.transaction { try jobs.map { try run($0, connection) } }
      for (job, error) in zip(jobs, errors) { job.finish(error) }
    } catch {
      // What one cannot write, such as a large message on a full disk, shall not undo the others.
      for job in jobs { jobs.count > 1 ? commit([job]) : job.finish(error) }
    }
  }

  /// What the job threw, its changes undone.
  ///
  /// - Throws: an error that has undone the whole transaction.
  private func run(_ job: Job, _ connection: Connection) throws -> (any Error)? {
    try connection.run("SAVEPOINT job")
    do {
      try job.run(SQLiteSession(connection: connection))
    } catch {
      do {
        try connection.run("ROLLBACK TO job")
      } catch _ {
        // A full disk has rolled back everything: there is no savepoint any more, and this is the cause.
        throw error
      }
      try connection.run("RELEASE job")
      return error
    }
    try connection.run("RELEASE job")
    return nil
  }

  private static var closed: StateError {
    StateError(.unavailable, "The state database has been closed: the server is stopping.")
  }
}
