import FoundationEssentials

/// What windows say of one use: the arithmetic that every store of limits shares.
struct LimitRule: Sendable {
  let cost: Double
  let windows: [LimitWindow]
  /// Milliseconds since 1970.
  let now: Int
  let force: Bool

  init(cost: Double, windows: [LimitWindow], at now: Date, force: Bool) {
    self.cost = cost > 0 ? cost : 0
    self.windows = windows
    // Room for sums with any duration.
    self.now = min(max(now.milliseconds, 0), 1 << 52)
    self.force = force
  }

  /// Sums of costs such as 0.1 are not exact.
  private static let tolerance = 1e-9

  /// Milliseconds of each window, each once, in one order for all servers.
  var durations: [Int] { Set(windows.map(\.milliseconds)).sorted() }

  /// Whether something would be stored if there is room.
  var counts: Bool { cost > 0 && !windows.isEmpty }

  /// Decides, and adds the use to `histories`, which are by duration, if it is to be counted.
  ///
  /// - Returns: the decision, and whether the histories have changed.
  func decide(_ histories: inout [Int: UseHistory]) -> (decision: LimitDecision, isCounted: Bool) {
    guard !windows.isEmpty else {
      let none = LimitWindow(limit: .infinity, duration: .zero)
      return (LimitDecision(isAllowed: true, window: none, remaining: .infinity, wait: .zero), false)
    }
    var refusal: LimitDecision?
    for window in windows {
      let history = histories[window.milliseconds] ?? UseHistory(duration: window.milliseconds)
      guard !fits(history.sum, window) else { continue }
      let wait = history.wait(from: now) { fits($0, window) }
      if let refusal, refusal.wait >= .milliseconds(wait) { continue }
      refusal = LimitDecision(
        isAllowed: false, window: window, remaining: max(0, window.limit - history.sum),
        wait: .milliseconds(wait))
    }
    let isCounted = counts && (refusal == nil || force)
    if isCounted {
      for duration in durations {
        histories[duration, default: UseHistory(duration: duration)].add(cost, at: now)
      }
    }
    return (refusal ?? nearest(histories), isCounted)
  }

  /// A cost of 0 asks whether anything is left.
  private func fits(_ used: Double, _ window: LimitWindow) -> Bool {
    cost > 0 ? used + cost <= window.limit + Self.tolerance : used < window.limit - Self.tolerance
  }

  /// The window of which the smallest part is left.
  private func nearest(_ histories: [Int: UseHistory]) -> LimitDecision {
    var nearest: (decision: LimitDecision, part: Double)?
    for window in windows {
      let history = histories[window.milliseconds]
      let remaining = max(0, window.limit - (history?.sum ?? 0))
      let part = window.limit > 0 ? remaining / window.limit : 0
      if let nearest, nearest.part <= part { continue }
      let wait = history?.end.map { max(0, $0 - now) } ?? 0
      nearest = (
        LimitDecision(isAllowed: true, window: window, remaining: remaining, wait: .milliseconds(wait)), part
      )
    }
    return nearest?.decision
      ?? LimitDecision(
        isAllowed: true, window: LimitWindow(limit: .infinity, duration: .zero), remaining: .infinity,
        wait: .zero)
  }
}

extension LimitWindow {
  /// A hundred years stand for anything longer.
  static let longest = 3_155_760_000_000

  /// The duration in milliseconds, 1 or more.
  var milliseconds: Int {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow, whole < Self.longest else { return Self.longest }
    return max(1, Int(whole + attoseconds / 1_000_000_000_000_000))
  }
}
