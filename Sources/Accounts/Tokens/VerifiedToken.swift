import FoundationEssentials

/// What a token says that was signed by a key of ours and is valid now.
public struct VerifiedToken: Sendable, Equatable {
  public enum Signer: Sendable, Equatable {
    /// Somebody who knows the shared secret; this service itself is one.
    case secret
    /// The owner of the key set.
    case keySet
  }

  /// The user's identifier.
  public var subject: String
  public var email: String?
  public var name: String?
  /// `jti`; names the token where it is taken back.
  public var id: String?
  public var issuedAt: Date?
  public var expiresAt: Date
  public var signer: Signer
}
