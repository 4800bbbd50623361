import Glibc

/// What the machine and the system allow this process.
enum SystemLimits {
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Raises the soft limit of open files toward `count`, as far as the hard limit lets it: the usual 1,024
  /// is fewer than the connections a server is expected to hold.
  static func allowOpenFiles(_ count: Int) {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < count
    else { return }
    limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
    // A refusal leaves the old limit, at which connections wait in the listen queue.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
