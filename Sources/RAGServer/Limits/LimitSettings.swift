import Commands

/// The limits that are in force now.
struct LimitSettings: Sendable {
  /// Per client address.
  var address: Rates
  var user: Rates
  var key: Rates
  var conversation: Rates
  /// United States dollars that models may cost in 24 hours, in all and per key; nil for no cap.
  var dailyCost: Double?
  var dailyCostPerKey: Double?

  static let variables = [
    EnvironmentVariable(
      "RATE_LIMIT",
      "Questions per client address: '30 per minute' by default; several rules with ';', or off."),
    EnvironmentVariable("USER_RATE_LIMIT", "The same per signed-in user; none by default."),
    EnvironmentVariable(
      "KEY_RATE_LIMIT", "The same per API key; a key that is not for pages is then not held to RATE_LIMIT."),
    EnvironmentVariable("CONVERSATION_RATE_LIMIT", "The same per conversation; none by default."),
    EnvironmentVariable("DAILY_COST_LIMIT", "Dollars that models may cost in 24 hours."),
    EnvironmentVariable("KEY_DAILY_COST_LIMIT", "The same per API key."),
    EnvironmentVariable(
      "TRUSTED_PROXIES", "Addresses or networks of proxies whose X-Forwarded-For is believed."),
  ]

  /// - Throws: `UsageError` naming the variable that cannot be read.
  init(_ settings: Settings) throws(UsageError) {
    let cost = ValueType.number(in: 0...1_000_000)
    address = try settings.read("RATE_LIMIT", .rates) ?? Self.standard
    user = try settings.read("USER_RATE_LIMIT", .rates) ?? .unlimited
    key = try settings.read("KEY_RATE_LIMIT", .rates) ?? .unlimited
    conversation = try settings.read("CONVERSATION_RATE_LIMIT", .rates) ?? .unlimited
    dailyCost = try settings.read("DAILY_COST_LIMIT", cost)
    dailyCostPerKey = try settings.read("KEY_DAILY_COST_LIMIT", cost)
  }

  /// What holds where a setting cannot be read.
  static let fallback = LimitSettings(
    address: standard, user: .unlimited, key: .unlimited, conversation: .unlimited)

  private init(address: Rates, user: Rates, key: Rates, conversation: Rates) {
    self.address = address
    self.user = user
    self.key = key
    self.conversation = conversation
  }

  static let standard = Rates(windows: [.init(limit: 30, duration: .seconds(60))])
}
