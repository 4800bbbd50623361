import FoundationEssentials

/// People, keys and tokens that were taken back.
public protocol AccountStore: Sendable {
  /// - Throws: `StateError.exists` if the address is taken.
  func add(_ account: Account) async throws
  func account(email: String) async throws -> Account?
  func account(id: String) async throws -> Account?
  func accounts() async throws -> [Account]

  /// Changes one account in a single step: `change` is given what is stored and may run again if another server came
  /// first. Nil if there is no account of this id.
  @discardableResult
  func update(
    account id: String, _ change: @escaping @Sendable (inout Account) -> Void
  ) async throws -> Account?

  func add(_ key: APIKey) async throws
  func key(hash: String) async throws -> APIKey?
  func key(id: String) async throws -> APIKey?
  func keys() async throws -> [APIKey]
  /// False if there is no key of this id.
  func revoke(key id: String) async throws -> Bool

  /// Remembers until `expiry` that the token of this id is void.
  func revoke(token id: String, until expiry: Date) async throws
  func isRevoked(token id: String) async throws -> Bool
}
