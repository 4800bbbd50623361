/// When to try again and after which delay: arithmetic only, without a clock or a random source of its own.
public struct RetryPolicy: Sendable, Equatable {
  /// How delays are spread so that many clients do not come back at the same moment.
  ///
  /// The formulas are those of Marc Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
  public enum Jitter: Sendable, Equatable {
    /// The exponential delay itself.
    case none
    /// Uniform between 0 and the exponential delay.
    case full
    /// Uniform between the base and three times the previous delay.
    case decorrelated
  }

  /// Tries in all, the first included.
  public var attempts: Int
  /// Delay after the first failed try, doubled after each further one.
  public var base: Duration
  /// Longest delay of our own choosing.
  public var cap: Duration
  /// A server that asks for a longer wait than this is not waited for.
  public var longestServerDelay: Duration
  public var jitter: Jitter

  public init(
    attempts: Int = 4, base: Duration = .milliseconds(500), cap: Duration = .seconds(8),
    longestServerDelay: Duration = .seconds(120), jitter: Jitter = .full
  ) {
    self.attempts = attempts
    self.base = base
    self.cap = cap
    self.longestServerDelay = longestServerDelay
    self.jitter = jitter
  }

  /// One try, no more.
  public static let never = RetryPolicy(attempts: 1)

  /// The wait before the next try, or nil to give up.
  ///
  /// - Parameters:
  ///   - attempt: tries made so far, 1 or more.
  ///   - previous: the delay before the last try, nil after the first.
  ///   - serverDelay: what the server asked for; it is the least that is waited, and jitter adds to it up
  ///     to a quarter of `base`.
  ///   - remaining: time until the deadline; no delay reaches it. Nil without a deadline.
  ///   - random: uniform in 0..<1.
  public func delay(
    afterAttempt attempt: Int, previous: Duration? = nil, serverDelay: Duration? = nil,
    remaining: Duration? = nil, random: Double
  ) -> Duration? {
    guard attempt < attempts else { return nil }
    var delay: Duration
    if let serverDelay {
      guard serverDelay <= longestServerDelay else { return nil }
      delay = max(.zero, serverDelay)
      if jitter != .none { delay += base * (random / 4) }
    } else {
      delay = ownDelay(attempt: attempt, previous: previous, random: random)
    }
    if let remaining, delay >= remaining { return nil }
    return delay
  }

  private func ownDelay(attempt: Int, previous: Duration?, random: Double) -> Duration {
    var exponential = base
    for _ in 1..<max(1, attempt) where exponential < cap { exponential *= 2 }
    exponential = min(exponential, cap)
    switch jitter {
    case .none: return exponential
    case .full: return exponential * random
    case .decorrelated:
      let top = max(base, (previous ?? base) * 3)
      return min(cap, base + (top - base) * random)
    }
  }
}
