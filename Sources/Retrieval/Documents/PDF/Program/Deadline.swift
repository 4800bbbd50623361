import Glibc

/// A moment on the monotonic clock.
struct Deadline {
  private let end: Int64

  init(seconds: Int) { end = Self.now + Int64(clamping: seconds) * 1000 }

  /// Milliseconds until it, at least 1; nil once it has passed.
  var millisecondsLeft: Int32? {
    let left = end - Self.now
    return left > 0 ? Int32(clamping: left) : nil
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
