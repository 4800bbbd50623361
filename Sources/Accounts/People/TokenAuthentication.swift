import FoundationEssentials
import State

/// Finds out who sent a token: it must be verified, and neither it nor its account taken back.
public struct TokenAuthentication: Sendable {
  public struct User: Sendable, Equatable {
    public var token: VerifiedToken
    /// The account that the token was issued for; nil for a user of another service.
    public var account: Account?
  }

  private let verifier: TokenVerifier
  private let accounts: any AccountStore

  public init(verifier: TokenVerifier, accounts: any AccountStore) {
    self.verifier = verifier
    self.accounts = accounts
  }

  /// - Throws: `TokenError`, or what the state throws.
  public func user(_ text: String, at now: Date = Date()) async throws -> User {
    let token = try await verifier.verify(text, at: now)
    if let id = token.id, try await accounts.isRevoked(token: id) {
      throw TokenError(.revoked, "its user has signed out")
    }
    // Accounts are ours: the owner of a key set cannot speak for them.
    guard token.signer == .secret, let account = try await accounts.account(id: token.subject) else {
      return User(token: token, account: nil)
    }
    if account.isDisabled { throw TokenError(.disabled, "its account is disabled") }
    guard let issued = token.issuedAt, issued >= account.tokensValidAfter else {
      throw TokenError(.revoked, "it is older than the account's password")
    }
    return User(token: token, account: account)
  }
}
