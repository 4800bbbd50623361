import FoundationEssentials
import Synchronization

/// Limits in an SQL database: one row for each key and length of window, read and written in one transaction.
final class SQLLimitStore: LimitStore {
  private let database: any StateDatabase
  /// When rows whose window is over are next removed, in milliseconds since 1970.
  private let nextCleaning = Atomic<Int>(0)

  init(database: any StateDatabase) {
    self.database = database
  }

  func use(
    _ key: String, cost: Double, windows: [LimitWindow], at now: Date, force: Bool
  ) async throws -> LimitDecision {
    let rule = LimitRule(cost: cost, windows: windows, at: now, force: force)
    guard rule.counts else {
      var histories = try await database.read { try Self.histories(of: key, rule, $0) }
      return rule.decide(&histories).decision
    }
    try await clean(at: rule.now)
    return try await database.write { session in
      // A row that is not there cannot be locked.
      for duration in rule.durations where !session.rowLock.isEmpty {
        try session.run(
          "INSERT INTO limits (key, duration, uses, expires_at) VALUES ($1, $2, '', $3) ON CONFLICT DO NOTHING",
          .text(key), .integer(duration), .integer(rule.now + duration))
      }
      var histories = try Self.histories(of: key, rule, session)
      let (decision, isCounted) = rule.decide(&histories)
      guard isCounted else { return decision }
      for duration in rule.durations {
        guard let history = histories[duration] else { continue }
        try session.run(
          """
          INSERT INTO limits (key, duration, uses, expires_at) VALUES ($1, $2, $3, $4)
          ON CONFLICT (key, duration) DO UPDATE SET uses = $3, expires_at = $4
          """,
          .text(key), .integer(duration), .text(history.text), .integer(history.end ?? rule.now))
      }
      return decision
    }
  }

  private static func histories(
    of key: String, _ rule: LimitRule, _ session: any StateSession
  ) throws -> [Int: UseHistory] {
    var histories: [Int: UseHistory] = [:]
    for duration in rule.durations {
      histories[duration] = try session.first(
        "SELECT uses FROM limits WHERE key = $1 AND duration = $2\(rule.counts ? session.rowLock : "")",
        .text(key), .integer(duration)
      ) { UseHistory(duration: duration, text: $0.text(0), now: rule.now) }
    }
    return histories
  }

  /// Removes rows whose window ended an hour ago, once in ten minutes.
  private func clean(at now: Int) async throws {
    let due = nextCleaning.load(ordering: .relaxed)
    guard now >= due,
      nextCleaning.compareExchange(expected: due, desired: now + 600_000, ordering: .relaxed).exchanged
    else { return }
    try await database.write { session in
      try session.run("DELETE FROM limits WHERE expires_at < $1", .integer(now - 3_600_000))
    }
  }
}
