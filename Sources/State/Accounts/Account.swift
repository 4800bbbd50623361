import FoundationEssentials

/// A person who can sign in.
public struct Account: Sendable, Equatable {
  public var id: String
  /// In lower case; unique.
  public var email: String
  public var name: String?
  /// `scrypt$…`: parameters, salt and hash; never the password.
  public var passwordHash: String
  public var isDisabled: Bool
  /// Whether the person may use the console.
  public var isAdministrator: Bool
  public var createdAt: Date
  /// Failed sign-ins since the last good one, and when the last of them was.
  public var failures: Int
  public var lastFailure: Date?
  /// Tokens issued before are void: set at sign-out everywhere and when the password changes.
  public var tokensValidAfter: Date

  public init(
    id: String, email: String, name: String? = nil, passwordHash: String, isDisabled: Bool = false,
    isAdministrator: Bool = false, createdAt: Date, failures: Int = 0, lastFailure: Date? = nil,
    tokensValidAfter: Date
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.passwordHash = passwordHash
    self.isDisabled = isDisabled
    self.isAdministrator = isAdministrator
    self.createdAt = createdAt
    self.failures = failures
    self.lastFailure = lastFailure
    self.tokensValidAfter = tokensValidAfter
  }
}

/// A key that a program or a web page sends.
public struct APIKey: Sendable, Equatable {
  public enum Scope: String, Sendable, Codable, CaseIterable {
    case chat, search, ingest, admin
  }

  public var id: String
  public var name: String
  /// SHA-256 of the whole key in hexadecimal; the key itself is shown once and not kept.
  public var hash: String
  /// The first characters, by which people tell keys apart.
  public var prefix: String
  public var scopes: Set<Scope>
  /// Sites whose pages may use it, such as `https://example.org`; empty for any sender.
  public var origins: [String]
  public var createdAt: Date
  public var expiresAt: Date?
  public var isRevoked: Bool

  public init(
    id: String, name: String, hash: String, prefix: String, scopes: Set<Scope>, origins: [String] = [],
    createdAt: Date, expiresAt: Date? = nil, isRevoked: Bool = false
  ) {
    self.id = id
    self.name = name
    self.hash = hash
    self.prefix = prefix
    self.scopes = scopes
    self.origins = origins
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.isRevoked = isRevoked
  }
}
