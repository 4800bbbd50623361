import Commands
import FoundationEssentials
import HTTPServer
import Models
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Holds callers to the limits that are set, by counters that all servers of a state share.
///
/// Where the counters cannot be reached, requests pass: a service that answers too much is better than none.
struct Limits: Sendable {
  /// What a request costs.
  enum Meter: Sendable {
    /// A call of a model.
    case model
    /// A record that anybody may make.
    case event
    /// A look at a password.
    case signIn
    /// A session or a report, before anybody signs in.
    case open
  }

  /// A counter and the rule it is held to.
  private struct Rule {
    var key: String
    var rates: Rates
    /// Completes "30 per minute … ".
    var subject: String
    /// What to change to allow more.
    var variable: String?
  }

  /// The fields that say what is left, which scripts of other sites may read.
  static let headerNames = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"]

  let store: any LimitStore
  let settings: Settings
  /// Told, in a sentence, what went wrong with the counters.
  let report: @Sendable (String) -> Void
  var now: @Sendable () -> Date = { Date() }
  /// How long a request waits for a counter.
  var deadline: Duration = .seconds(1)

  /// Counts a request and says in header fields what is left.
  ///
  /// - Throws: `HTTPError` 429 if it is one too many.
  func spend(_ request: Request, _ caller: Caller, _ meter: Meter) async throws -> HTTPHeaders {
    if caller.isAdministrator, meter != .signIn { return [:] }
    let limits = current()
    if meter == .model { try await checkCost(caller, limits) }
    var nearest: (decision: LimitDecision, rates: Rates)?
    for rule in rules(request, caller, meter, limits) where !rule.rates.windows.isEmpty {
      guard let decision = await use(rule.key, cost: 1, rule.rates.windows) else { continue }
      guard decision.isAllowed else { throw refusal(decision, rule) }
      if let before = nearest?.decision, before.share <= decision.share { continue }
      nearest = (decision, rule.rates)
    }
    return nearest.map { Self.headers($0.decision, $0.rates) } ?? [:]
  }

  /// Counts a message of a conversation.
  ///
  /// - Throws: `HTTPError` 429 if it is one too many.
  func spend(conversation id: String) async throws {
    let rule = Rule(
      key: "conversation:\(id)", rates: current().conversation, subject: "in one conversation",
      variable: "CONVERSATION_RATE_LIMIT")
    guard !rule.rates.windows.isEmpty, let decision = await use(rule.key, cost: 1, rule.rates.windows)
    else { return }
    if !decision.isAllowed { throw refusal(decision, rule) }
  }

  /// Counts what a model's answer has cost, in United States dollars.
  func charge(_ dollars: Double, _ caller: Caller) async { await charge(dollars, key: caller.key?.id) }

  /// - Parameter key: the identifier of the API key that it is done for.
  func charge(_ dollars: Double, key id: String?) async {
    guard dollars > 0 else { return }
    for (key, cap, _) in costs(id, current()) {
      _ = await use(key, cost: dollars, [Self.day(cap)], force: true)
    }
  }

  private func checkCost(_ caller: Caller, _ limits: LimitSettings) async throws {
    for (key, cap, variable) in costs(caller.key?.id, limits) {
      guard let decision = await use(key, cost: 0, [Self.day(cap)]), !decision.isAllowed else { continue }
      throw HTTPError(
        .tooManyRequests, code: "spending_limit",
        message: "What models may cost in 24 hours has been spent.",
        hint: "Try again later; the operator sets the cap with \(variable).",
        headers: ["Retry-After": Self.seconds(decision.wait)])
    }
  }

  func costs(_ key: String?, _ limits: LimitSettings) -> [(String, Double, String)] {
    var costs: [(String, Double, String)] = []
    if let cap = limits.dailyCost { costs.append(("cost", cap, "DAILY_COST_LIMIT")) }
    if let cap = limits.dailyCostPerKey, let key {
      costs.append(("cost:\(key)", cap, "KEY_DAILY_COST_LIMIT"))
    }
    return costs
  }

  private func rules(
    _ request: Request, _ caller: Caller, _ meter: Meter, _ limits: LimitSettings
  ) -> [Rule] {
    let address = ClientNetwork.name(of: request.clientAddress)
    switch meter {
    case .event:
      return [Rule(key: "event:\(address)", rates: Self.events, subject: "from one client address")]
    case .signIn:
      return [Rule(key: "signin-address:\(address)", rates: Self.signIns, subject: "from one client address")]
    case .open:
      // A program speaks for many people from one address.
      if let key = caller.key, key.origins.isEmpty { return [] }
      return [Rule(key: "public:\(address)", rates: Self.openings, subject: "from one client address")]
    case .model:
      var rules: [Rule] = []
      if let user = caller.user, !limits.user.windows.isEmpty {
        rules.append(
          Rule(key: "user:\(user)", rates: limits.user, subject: "per user", variable: "USER_RATE_LIMIT"))
      }
      if let key = caller.key, !limits.key.windows.isEmpty {
        rules.append(
          Rule(key: "key:\(key.id)", rates: limits.key, subject: "per API key", variable: "KEY_RATE_LIMIT"))
        // A program speaks for many people from one address.
        if key.origins.isEmpty { return rules }
      }
      rules.append(
        Rule(
          key: "address:\(address)", rates: limits.address, subject: "from one client address",
          variable: "RATE_LIMIT"))
      return rules
    }
  }

  /// Nil where the counter cannot be reached.
  func use(
    _ key: String, cost: Double, _ windows: [LimitWindow], force: Bool = false
  ) async -> LimitDecision? {
    let (store, time) = (store, now())
    do {
      return try await withDeadline(deadline) {
        try await store.use(key, cost: cost, windows: windows, at: time, force: force)
      }
    } catch {
      // Nothing is wrong with the counters where whoever asks has left.
      if !Task.isCancelled { report("A request passed uncounted, because limits cannot be read: \(error)") }
      return nil
    }
  }

  /// A setting that was changed into one that cannot be read leaves the standard in force.
  func current() -> LimitSettings {
    do {
      return try LimitSettings(settings)
    } catch {
      report(
        "\(error.message) Until it is mended, RATE_LIMIT is \(LimitSettings.standard) and others are off.")
      return .fallback
    }
  }

  private func refusal(_ decision: LimitDecision, _ rule: Rule) -> HTTPError {
    let wait = Self.seconds(decision.wait)
    let rate = Rates(windows: [decision.window])
    var headers = Self.headers(decision, rule.rates)
    headers["Retry-After"] = wait
    let operators = rule.variable.map { " The operator sets the limit with \($0)." } ?? ""
    return HTTPError(
      .tooManyRequests, code: "rate_limited",
      message: "Too many requests: \(rate) are allowed \(rule.subject).",
      hint: "Try again in \(wait) \(wait == "1" ? "second" : "seconds").\(operators)", headers: headers)
  }

  /// The fields of draft-ietf-httpapi-ratelimit-headers-07.
  private static func headers(_ decision: LimitDecision, _ rates: Rates) -> HTTPHeaders {
    [
      "RateLimit-Limit": "\(Int(decision.window.limit.rounded()))",
      "RateLimit-Remaining": "\(decision.isAllowed ? Int(decision.remaining) : 0)",
      "RateLimit-Reset": seconds(decision.wait), "RateLimit-Policy": rates.policy,
    ]
  }

  /// Whole seconds, rounded up, at least 1.
  private static func seconds(_ wait: Duration) -> String {
    let (seconds, attoseconds) = wait.components
    return "\(max(1, seconds + (attoseconds > 0 ? 1 : 0)))"
  }

  static func day(_ cap: Double) -> LimitWindow {
    LimitWindow(limit: cap, duration: .seconds(86_400))
  }

  private static let events = Rates(windows: [LimitWindow(limit: 120, duration: .seconds(60))])
  private static let openings = Rates(windows: [LimitWindow(limit: 240, duration: .seconds(60))])
  private static let signIns = Rates(windows: [LimitWindow(limit: 30, duration: .seconds(300))])
}

extension LimitDecision {
  /// The part of the window that is left, 0 to 1.
  fileprivate var share: Double { window.limit > 0 ? remaining / window.limit : 0 }
}
