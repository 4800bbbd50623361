import Accounts
import Commands
import State

// The parts that accounts and limits are made of, over a server's state.

extension Callers {
  init(settings: Settings, state: State, signing: SigningKey, requests: RequestLog) {
    self.init(
      settings: settings, accounts: state.accounts,
      tokens: Tokens(settings: settings, records: state.records, report: { requests.warn($0) }),
      signing: signing, report: { requests.warn($0, $1) })
  }
}

extension Limits {
  init(settings: Settings, state: State, requests: RequestLog) {
    self.init(store: state.limits, settings: settings, report: { requests.warn($0) })
  }
}

extension SignIn {
  init(state: State) {
    self.init(accounts: state.accounts, limits: state.limits, hasher: PasswordHasher())
  }
}

extension ApplicationConfiguration {
  /// Reads which proxies are believed, and refuses accounts and limits that cannot be read.
  ///
  /// - Throws: `UsageError` naming the variable.
  mutating func readLimits(_ settings: Settings) throws(UsageError) {
    _ = try AccountPolicy.read(settings)
    _ = try settings.read("JWKS_URL", .url)
    _ = try LimitSettings(settings)
    if let proxies = try settings.read("TRUSTED_PROXIES", .networks) { server.trustedProxies = proxies }
  }
}
