import FoundationEssentials

/// One rule on how often something may happen.
public struct LimitWindow: Sendable, Hashable {
  /// Largest sum of costs in any span of `duration`.
  public var limit: Double
  public var duration: Duration

  public init(limit: Double, duration: Duration) {
    self.limit = limit
    self.duration = duration
  }
}

/// What a limit says of one use.
public struct LimitDecision: Sendable, Equatable {
  public var isAllowed: Bool
  /// The rule that comes closest to its limit, or the one that forbids the use.
  public var window: LimitWindow
  /// What is left in that window after this use, 0 or more.
  public var remaining: Double
  /// How long until that window is empty again; for a forbidden use, until it would be allowed.
  public var wait: Duration

  public init(isAllowed: Bool, window: LimitWindow, remaining: Double, wait: Duration) {
    self.isAllowed = isAllowed
    self.window = window
    self.remaining = remaining
    self.wait = wait
  }
}

/// Counts uses in sliding windows, shared by all servers of one state and kept over restarts.
public protocol LimitStore: Sendable {
  /// Counts `cost` for `key` if every window has room for it, all or nothing, and says what is left. A cost of 0 asks
  /// without counting. With `force` it is counted even where there is no room: for a price that is known
  /// only afterwards.
  func use(_ key: String, cost: Double, windows: [LimitWindow], at now: Date, force: Bool) async throws
    -> LimitDecision
}
