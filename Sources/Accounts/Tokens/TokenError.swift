/// Why a token is not accepted: for logs; those who send one are told only that authentication failed.
public struct TokenError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Reason: String, Sendable {
    /// Not a signed token in compact form, or one that can be read in two ways.
    case malformed
    case tooLarge = "too_large"
    /// An algorithm that no configured key is for, `none` above all.
    case algorithm
    /// No key has this identifier.
    case unknownKey = "unknown_key"
    case signature
    case expired
    case notYetValid = "not_yet_valid"
    case issuer, audience
    /// It names no user, or has a claim of a wrong type.
    case claims
    /// The key set cannot be fetched.
    case keysUnavailable = "keys_unavailable"
    /// Taken back by signing out, or by a change of the password.
    case revoked
    /// The account is disabled.
    case disabled
  }

  public var reason: Reason
  /// What is wrong with it; never a part of the token.
  public var detail: String

  public init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  public var description: String { "\(reason.rawValue): \(detail)" }
}
