import Glibc

/// The jobs of a pool and the threads that wait for them.
final class WorkQueue: @unchecked Sendable {
  // Sendable: `jobs` and `isClosed` are only touched under `mutex`.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [WorkJob] = []
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

  /// Takes pieces of the oldest job until the queue is closed and empty.
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
      while let job = jobs.first {
        if let piece = job.take() { return (job, piece) }
        ended.append(jobs.removeFirst())
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
