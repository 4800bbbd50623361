import Glibc
import Synchronization

/// Threads of this process.
func threadCount() -> Int {
  guard let folder = opendir("/proc/self/task") else { return 0 }
  defer { closedir(folder) }
  var count = 0
  while let entry = readdir(folder) {
    if entry.pointee.d_name.0 != 0x2E { count += 1 }
  }
  return count
}

/// Lets this process hold as many descriptors as it may.
func allowManyFiles() {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  limit.rlim_cur = limit.rlim_max
  setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Blocks the calling thread, which must be a test's own: for observing that something stays as it is.
func pause(milliseconds: UInt32) {
  usleep(milliseconds * 1_000)
}

/// A number that several threads add to.
final class SharedCount: Sendable {
  private let number = Atomic<Int>(0)
  var value: Int { number.load(ordering: .relaxed) }
  func add(_ count: Int) { number.add(count, ordering: .relaxed) }
}
