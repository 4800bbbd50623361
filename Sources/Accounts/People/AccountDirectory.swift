import FoundationEssentials
import State

/// Makes and changes the accounts of people who sign in.
public struct AccountDirectory: Sendable {
  /// Characters of a password, at least: what NIST SP 800-63B-4 asks of one that is the only factor, less the rules
  /// on kinds of characters that it advises against.
  public static let shortestPassword = 10
  /// Bytes of a password, at most.
  public static let longestPassword = 1024

  private let store: any AccountStore
  private let hasher: PasswordHasher

  public init(store: any AccountStore, hasher: PasswordHasher) {
    self.store = store
    self.hasher = hasher
  }

  public func accounts() async throws -> [Account] { try await store.accounts() }

  /// - Throws: `AccountError` for an address or password that will not do, `StateError.exists` if it is taken.
  @discardableResult
  public func add(
    email: String, name: String? = nil, password: String, isAdministrator: Bool = false, at now: Date = Date()
  ) async throws -> Account {
    let email = try EmailAddress.normalized(email)
    try Self.check(password)
    let account = Account(
      id: UUID().uuidString.lowercased(), email: email, name: name,
      passwordHash: try await hasher.hash(password), isAdministrator: isAdministrator, createdAt: now,
      tokensValidAfter: Self.second(now))
    try await store.add(account)
    return account
  }

  /// Sets the password and voids the tokens that were issued before.
  public func setPassword(_ password: String, of email: String, at now: Date = Date()) async throws {
    let account = try await account(email)
    try Self.check(password)
    let hash = try await hasher.hash(password)
    try await store.update(account: account.id) { account in
      account.passwordHash = hash
      account.tokensValidAfter = Self.second(now)
      account.failures = 0
    }
  }

  /// A disabled person cannot sign in, and tokens issued before are void; also after the account is enabled again.
  public func setDisabled(_ isDisabled: Bool, _ email: String, at now: Date = Date()) async throws {
    let account = try await account(email)
    try await store.update(account: account.id) { account in
      account.isDisabled = isDisabled
      if isDisabled { account.tokensValidAfter = Self.second(now) }
    }
  }

  private func account(_ email: String) async throws -> Account {
    let email = try EmailAddress.normalized(email)
    guard let account = try await store.account(email: email) else { throw AccountError.unknown(email) }
    return account
  }

  private static func check(_ password: String) throws(AccountError) {
    guard password.count >= shortestPassword else {
      throw AccountError(
        "The password has \(password.count) characters; \(shortestPassword) are the least. Take a few words.")
    }
    guard password.utf8.count <= longestPassword else {
      throw AccountError("The password is longer than \(longestPassword) bytes.")
    }
  }

  /// Rounded down, as the times in tokens are: one issued a moment later must not seem older.
  private static func second(_ time: Date) -> Date {
    Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down))
  }
}
