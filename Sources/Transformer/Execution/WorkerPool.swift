import Glibc

/// A fixed set of threads for encoder work, so that long computations never occupy the threads that Swift
/// tasks share. Each thread keeps the memory that encoders need between jobs.
public final class WorkerPool: Sendable {
  private let queue: WorkQueue

  /// Threads in the pool.
  public let count: Int

  /// Starts `count` threads; by default one for each processor that this process may use.
  public init(count: Int? = nil) {
    self.count = max(1, count ?? Self.availableProcessors())
    queue = WorkQueue()
    for _ in 0..<self.count { queue.startThread() }
  }

  deinit { queue.close() }

  /// Runs `work` for each index below `count`, in rising order of start and on all threads at once, and
  /// returns when all have ended. When the task is cancelled, indices not yet started are skipped and
  /// `CancellationError` is thrown.
  func forEach(_ count: Int, _ work: @escaping @Sendable (Int, Workspace) -> Void) async throws {
    guard count > 0 else { return }
    let job = WorkJob(count: count, work: work)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        job.onEnd { continuation.resume() }
        queue.add(job)
      }
    } onCancel: {
      job.cancel()
    }
    try Task.checkCancellation()
  }

  /// Processors that this process may run on.
  private static func availableProcessors() -> Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}
