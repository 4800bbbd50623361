import Glibc
import Synchronization

/// Threads that scan large indexes, so that a scan neither holds up the cooperative pool nor waits for it.
///
/// The threads are started with the first work and end with the pool.
final class ScanPool: Sendable {
  typealias Work = @Sendable () -> Void

  let width: Int
  private let queue = WorkList()

  /// - Parameter width: threads; as many as there are processors, if not given.
  init(width: Int? = nil) {
    self.width = max(1, min(width ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), 64))
  }

  deinit { queue.close() }

  /// Runs `work` once on some thread of the pool.
  func submit(_ work: @escaping Work) {
    queue.add(work, threads: width)
  }

  /// Runs `work` on up to `copies` threads at once and returns when all have returned.
  func run(copies: Int, _ work: @escaping Work) async {
    let copies = max(1, min(copies, width))
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let left = Countdown(copies) { continuation.resume() }
      for _ in 0..<copies {
        submit {
          work()
          left.signal()
        }
      }
    }
  }
}

/// Calls `finished` with the last of so many signals.
final class Countdown: Sendable {
  private let left: Atomic<Int>
  private let finished: @Sendable () -> Void

  init(_ count: Int, finished: @escaping @Sendable () -> Void) {
    left = Atomic(count)
    self.finished = finished
  }

  func signal() {
    if left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { finished() }
  }
}

/// What waits to be run, and the threads that run it. They hold the list, not the pool, so the pool can end.
private final class WorkList: @unchecked Sendable {
  // Everything below is touched only with `mutex` held.
  private var waiting: [ScanPool.Work] = []
  private var next = 0
  private var started = 0
  private var isClosed = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func add(_ work: @escaping ScanPool.Work, threads: Int) {
    pthread_mutex_lock(mutex)
    waiting.append(work)
    if started < threads, startThread() { started += 1 }
    let runsHere = started == 0
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
    // Without a single thread the work still has to be done.
    if runsHere, let work = take(waits: false) { work() }
  }

  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// The next work; nil once the list is closed and empty, or empty if not to wait.
  private func take(waits: Bool) -> ScanPool.Work? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while next == waiting.count {
      if isClosed || !waits { return nil }
      pthread_cond_wait(condition, mutex)
    }
    let work = waiting[next]
    next += 1
    if next == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      next = 0
    }
    return work
  }

  private func startThread() -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let list = Unmanaged.passRetained(self)
    let code = pthread_create(&thread, &attributes, scanThread, list.toOpaque())
    if code != 0 { list.release() }
    return code == 0
  }

  fileprivate func loop() {
    while let work = take(waits: true) { work() }
  }
}

/// Body of a thread; its argument is a retained `WorkList`.
private func scanThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<WorkList>.fromOpaque(argument).takeRetainedValue().loop() }
  return nil
}
