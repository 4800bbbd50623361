import FoundationEssentials
import Redis

/// Limits in Redis: the histories of all windows of a key in one value, which is written only if nobody has written it
/// since it was read.
struct RedisLimitStore: LimitStore {
  let database: RedisDatabase

  /// How often it is tried again because another use came between.
  private static let attempts = 1000

  private static let exchange = """
    local key = ARGV[1] .. 'limit:' .. ARGV[2]
    if (redis.call('GET', key) or '') ~= ARGV[3] then return 0 end
    redis.call('SET', key, ARGV[4], 'PX', ARGV[5])
    return 1
    """

  func use(
    _ key: String, cost: Double, windows: [LimitWindow], at now: Date, force: Bool
  ) async throws -> LimitDecision {
    let rule = LimitRule(cost: cost, windows: windows, at: now, force: force)
    for _ in 0..<Self.attempts {
      let text = try await database.command("GET", database.prefix + "limit:" + key).text ?? ""
      var histories = Self.histories(text, now: rule.now)
      let (decision, isCounted) = rule.decide(&histories)
      guard isCounted else { return decision }
      let lifetime = (histories.keys.max() ?? 0) + 60_000
      let reply = try await database.evaluate(
        Self.exchange, [key, text, Self.text(histories), "\(lifetime)"])
      if reply == .integer(1) { return decision }
    }
    throw StateError(.unavailable, "The limit '\(key)' is used by too many at once. Try again in a moment.")
  }

  /// `60000 1700000000000:1.0;3600000 1700000000000:1.0`: each window's milliseconds and uses.
  private static func text(_ histories: [Int: UseHistory]) -> String {
    histories.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)" }.joined(separator: ";")
  }

  private static func histories(_ text: String, now: Int) -> [Int: UseHistory] {
    var histories: [Int: UseHistory] = [:]
    for part in text.split(separator: ";") {
      guard let space = part.firstIndex(of: " "), let duration = Int(part[..<space]),
        (1...LimitWindow.longest).contains(duration)
      else { continue }
      let history = UseHistory(
        duration: duration, text: String(part[part.index(after: space)...]), now: now)
      if !history.uses.isEmpty { histories[duration] = history }
    }
    return histories
  }
}
