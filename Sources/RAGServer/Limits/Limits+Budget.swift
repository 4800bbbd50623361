import State

/// What one of the caps on the cost of 24 hours leaves.
struct Budget: Sendable, Equatable {
  /// United States dollars.
  var left: Double
  var cap: Double
  /// What sets the cap.
  var variable: String
  /// How long until all of the cap is there again.
  var wait: Duration
}

extension Limits {
  /// The tightest cap on what models may cost; nil without one.
  ///
  /// - Parameter key: the identifier of the API key that it is for.
  func budget(key id: String?) async -> Budget? {
    var tightest: Budget?
    for (key, cap, variable) in costs(id, current()) {
      guard let decision = await use(key, cost: 0, [Self.day(cap)]) else { continue }
      let left = decision.isAllowed ? decision.remaining : 0
      if let tightest, tightest.left <= left { continue }
      tightest = Budget(left: left, cap: cap, variable: variable, wait: decision.wait)
    }
    return tightest
  }
}
