import Glibc

/// Nanoseconds of the clock that never jumps, as one number that fits an atomic; a few milliseconds coarse,
/// for deadlines of many.
enum MonotonicTime {
  static let never = Int64.max

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static func after(_ duration: Duration) -> Int64 {
    let (sum, overflow) = now().addingReportingOverflow(nanoseconds(duration))
    return overflow ? never : sum
  }

  static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow
      ? (seconds < 0 ? 0 : never)
      : max(0, whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue)
  }
}
