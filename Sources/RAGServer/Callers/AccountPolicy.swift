import Commands

/// Whether people must sign in.
enum AccountPolicy: String, Sendable, CaseIterable {
  /// What reads the corpus or conversations needs a user or a key.
  case required
  /// Anybody may ask; who has signed in has conversations of their own.
  case optional
  /// Nobody signs in: tokens are not looked at.
  case off

  static let variables = [
    EnvironmentVariable(
      "ACCOUNTS", "required, optional or off; required where JWT_SECRET or JWKS_URL is set, else optional."),
    EnvironmentVariable("JWT_SECRET", "Signs tokens, and verifies those that others signed with it."),
    EnvironmentVariable("JWKS_URL", "Where public keys of a sign-in service are, such as Better Auth's."),
    EnvironmentVariable("JWT_ISSUER", "What tokens must say in iss; anything by default."),
    EnvironmentVariable("JWT_AUDIENCE", "One of these, separated by commas, must be in aud; any by default."),
    EnvironmentVariable("ADMIN_API_KEY", "Allows everything to who sends it."),
  ]

  /// - Throws: `UsageError` if ACCOUNTS is something else.
  static func read(_ settings: Settings) throws(UsageError) -> AccountPolicy {
    if let policy = try settings.read("ACCOUNTS", .choice(of: AccountPolicy.self)) { return policy }
    return settings["JWT_SECRET"] != nil || settings["JWKS_URL"] != nil ? .required : .optional
  }

  /// The policy in force; the strictest where ACCOUNTS cannot be read.
  init(_ settings: Settings) { self = (try? Self.read(settings)) ?? .required }
}
