import Cryptography
import FoundationEssentials
import Models

/// Decides whether a token is to be believed.
///
/// What signs decides how it is checked: the shared secret only takes HMAC, a public key only the algorithms of its
/// type, whatever the token's header says (RFC 8725, section 3.1).
public struct TokenVerifier: Sendable {
  /// The shared secret's bytes as they are; nil takes no token signed with one.
  public var secret: [UInt8]?
  public var keySet: KeySet?
  /// `iss` that a token must have; nil for any or none.
  public var issuer: String?
  /// One of these must be in `aud`; empty for any or none.
  public var audiences: Set<String>
  /// How far the clocks may be apart.
  public var leeway: TimeInterval

  public init(
    secret: [UInt8]? = nil, keySet: KeySet? = nil, issuer: String? = nil, audiences: Set<String> = [],
    leeway: TimeInterval = 60
  ) {
    self.secret = secret
    self.keySet = keySet
    self.issuer = issuer
    self.audiences = audiences
    self.leeway = leeway
  }

  public func verify(_ text: String, at now: Date = Date()) async throws(TokenError) -> VerifiedToken {
    let token = try JSONWebToken(parsing: text)
    let signer = try await signer(of: token)
    let claims = TokenClaims(token.claims)
    try checkTimes(claims, now)
    try checkAddress(claims)
    return try claims.verified(signer)
  }

  private func signer(of token: JSONWebToken) async throws(TokenError) -> VerifiedToken.Signer {
    if let hash = Self.hashes[token.algorithm] {
      guard let secret else { throw TokenError(.algorithm, "HMAC, and no shared secret is set") }
      guard hash.isValid(token.signature, for: token.signingInput, key: secret) else {
        throw TokenError(.signature, "it was not signed with the shared secret")
      }
      return .secret
    }
    guard Self.publicAlgorithms.contains(token.algorithm) else {
      throw TokenError(.algorithm, "an algorithm that is not supported")
    }
    guard let keySet else { throw TokenError(.algorithm, "a public-key algorithm, and no key set is known") }
    let keys = try await keySet.keys(token.keyID).filter { $0.allows(token.algorithm) }
    guard !keys.isEmpty else { throw TokenError(.algorithm, "no key of the set is for its algorithm") }
    guard keys.contains(where: { $0.isValid(token) }) else {
      throw TokenError(.signature, "no key of the set made its signature")
    }
    return .keySet
  }

  private func checkTimes(_ claims: TokenClaims, _ now: Date) throws(TokenError) {
    guard let expiry = try claims.date("exp") else { throw TokenError(.claims, "it never expires: no 'exp'") }
    guard expiry.timeIntervalSince(now) > -leeway else { throw TokenError(.expired, "its time is over") }
    for name in ["nbf", "iat"] {
      if let start = try claims.date(name), start.timeIntervalSince(now) > leeway {
        throw TokenError(.notYetValid, "its '\(name)' is in the future")
      }
    }
  }

  private func checkAddress(_ claims: TokenClaims) throws(TokenError) {
    if let issuer, try claims.text("iss") != issuer {
      throw TokenError(.issuer, "it is not from the issuer that is expected")
    }
    if !audiences.isEmpty, audiences.isDisjoint(with: try claims.audiences()) {
      throw TokenError(.audience, "it is meant for others")
    }
  }

  private static let hashes: [String: HashFunction] = ["HS256": .sha256, "HS384": .sha384, "HS512": .sha512]
  private static let publicAlgorithms: Set<String> = [
    "EdDSA", "Ed25519", "ES256", "ES384", "ES512", "RS256", "PS256",
  ]
}
