import Glibc

/// The jobs of a pool and the threads that wait for them.
///
/// Jobs come first that have had the fewest pieces, counted in dozens and more, and among those the oldest: a question's
/// sentences do not wait until a batch of documents is done, and questions among each other go one after the other.
final class WorkQueue: @unchecked Sendable {
  // Sendable: `jobs`, `turns` and `isClosed` are only touched under `mutex`.
  /// Pieces by which a job is no longer one that is done soon.
  static let stride = 16
  /// Of so many pieces, one is the oldest job's, however many come after it.
  static let oldestShare = 8
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [WorkJob] = []
  private var turns = 0
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func add(_ job: WorkJob) {
    locked {
      jobs.append(job)
      pthread_cond_broadcast(condition)
    }
  }

  /// Lets the threads end once the queue is empty.
  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(condition)
    }
  }

  func startThread() {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(self)
    let code = pthread_create(&thread, nil, { runQueueThread($0) }, box.toOpaque())
    guard code == 0 else {
      box.release()
      return
    }
    pthread_detach(thread)
  }

  /// Takes pieces until the queue is closed and empty.
  fileprivate func work() {
    let workspace = Workspace()
    while let (job, piece) = next() { job.run(piece, in: workspace) }
  }

  private func next() -> (WorkJob, Int)? {
    var ended: [WorkJob] = []
    defer { for job in ended { job.endIfDone() } }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      while let index = nextIndex() {
        if let piece = jobs[index].take() { return (jobs[index], piece) }
        ended.append(jobs.remove(at: index))
      }
      if isClosed { return nil }
      if !ended.isEmpty {
        // A cancelled job may have nothing running that would end it.
        pthread_mutex_unlock(mutex)
        for job in ended { job.endIfDone() }
        ended = []
        pthread_mutex_lock(mutex)
        continue
      }
      pthread_cond_wait(condition, mutex)
    }
  }

  /// The job that a piece is to be taken from, or one that has none left; nil without any.
  private func nextIndex() -> Int? {
    turns &+= 1
    var best: (index: Int, rank: Int)?
    for (index, job) in jobs.enumerated() {
      // One that was cancelled is over, too.
      guard let taken = job.taken else { return index }
      if index == 0, turns % Self.oldestShare == 0 { return 0 }
      let rank = taken / Self.stride
      if best.map({ rank < $0.rank }) ?? true { best = (index, rank) }
    }
    return best?.index
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_mutex_unlock(mutex)
  }
}

private func runQueueThread(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let box else { return nil }
  Unmanaged<WorkQueue>.fromOpaque(box).takeRetainedValue().work()
  return nil
}
