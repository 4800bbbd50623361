import Glibc

/// How the time of a computation grows with the size of what it is given.
public enum Growth {
  /// The processor time of this thread for `8 * size` over that for `size`, the least of three: about 8 where time grows
  /// with the size and 64 where it grows with its square.
  public static func ofEightTimes(_ size: Int, _ body: (_ size: Int) -> Void) -> Double {
    func seconds(_ size: Int) -> Double {
      (0..<3).map { _ in
        let start = now()
        body(size)
        return now() - start
      }.min() ?? 0
    }
    return seconds(8 * size) / max(seconds(size), 1e-9)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
