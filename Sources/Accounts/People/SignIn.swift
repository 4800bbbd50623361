import Cryptography
import FoundationEssentials
import State

/// Lets people in by e-mail address and password.
///
/// Whether there is an account shows neither in the answer nor in the time it takes. Attempts are counted per address
/// before the password is looked at, also for addresses that nobody has, so that guessing at once does not get around it.
public struct SignIn: Sendable {
  public enum Refusal: Error, Sendable, Equatable {
    /// No such account, a wrong password, or a disabled account.
    case wrong
    /// Too many attempts for this address; the next one counts after `wait`.
    case locked(wait: Duration)
    /// Too many people sign in at this moment.
    case busy
  }

  /// Each window makes the wait longer for who goes on: a minute, a quarter of an hour, four hours.
  public static let windows = [
    LimitWindow(limit: 5, duration: .seconds(60)), LimitWindow(limit: 15, duration: .seconds(900)),
    LimitWindow(limit: 40, duration: .seconds(14_400)),
  ]

  private let accounts: any AccountStore
  private let limits: any LimitStore
  private let hasher: PasswordHasher

  public init(accounts: any AccountStore, limits: any LimitStore, hasher: PasswordHasher) {
    self.accounts = accounts
    self.limits = limits
    self.hasher = hasher
  }

  /// - Throws: `Refusal`, or what the state throws.
  public func account(email: String, password: String, at now: Date = Date()) async throws -> Account {
    guard password.utf8.count <= AccountDirectory.longestPassword else { throw Refusal.wrong }
    // An address that nobody can have takes the same way as one that nobody has.
    let email = (try? EmailAddress.normalized(email)) ?? String(email.prefix(254)).lowercased()
    try await countAttempt(email, now)
    let account = try await accounts.account(email: email)
    let isRight: Bool
    do {
      isRight = try await hasher.isRight(password, for: account?.passwordHash)
    } catch is PasswordHasher.Busy {
      throw Refusal.busy
    }
    guard isRight, let account, !account.isDisabled else {
      // Written to for nobody as well, which takes its time too.
      try await accounts.update(account: account?.id ?? "nobody") { account in
        account.failures += 1
        account.lastFailure = now
      }
      throw Refusal.wrong
    }
    return try await noteSuccess(account, password)
  }

  private func countAttempt(_ email: String, _ now: Date) async throws {
    let key = "signin:" + Hexadecimal.encode(HashFunction.sha256.digest(email.utf8).prefix(16))
    let decision = try await limits.use(key, cost: 1, windows: Self.windows, at: now, force: false)
    if !decision.isAllowed { throw Refusal.locked(wait: decision.wait) }
  }

  private func noteSuccess(_ account: Account, _ password: String) async throws -> Account {
    let hash = hasher.isOutdated(account.passwordHash) ? try await hasher.hash(password) : nil
    guard account.failures > 0 || hash != nil else { return account }
    return try await accounts.update(account: account.id) { changed in
      changed.failures = 0
      // Not over a password that was set meanwhile.
      if let hash, changed.passwordHash == account.passwordHash { changed.passwordHash = hash }
    } ?? account
  }
}
