import Cryptography
import FoundationEssentials
import Models
import State

/// Signs tokens for people who have signed in (HS256).
public struct TokenIssuer: Sendable {
  public struct Issued: Sendable, Equatable {
    public var token: String
    public var expiresAt: Date
  }

  private let secret: [UInt8]
  private let issuer: String?
  private let audience: String?
  private let lifetime: TimeInterval

  /// - Parameters:
  ///   - secret: bytes as they are; what verifies the tokens knows them too.
  ///   - issuer: `iss`, where those who check expect one.
  ///   - audience: `aud`, the same.
  ///   - lifetime: seconds.
  public init(secret: [UInt8], issuer: String? = nil, audience: String? = nil, lifetime: TimeInterval) {
    self.secret = secret
    self.issuer = issuer
    self.audience = audience
    self.lifetime = lifetime
  }

  public func issue(for account: Account, at now: Date = Date()) throws -> Issued {
    // Whole seconds, rounded down, as other readers expect them.
    let start = now.timeIntervalSince1970.rounded(.down)
    let expiry = start + lifetime
    var claims: [String: JSONValue] = [
      "jti": .string(Base64URL.encode(try RandomBytes.make(16))), "sub": .string(account.id),
      "email": .string(account.email), "iat": .integer(Int(start)), "exp": .integer(Int(expiry)),
    ]
    claims["name"] = account.name.map(JSONValue.string)
    claims["iss"] = issuer.map(JSONValue.string)
    claims["aud"] = audience.map(JSONValue.string)
    let header: JSONValue = ["alg": "HS256", "typ": "JWT"]
    let input = [header, .object(claims)].map { Base64URL.encode(Array($0.text.utf8)) }.joined(separator: ".")
    let signature = HashFunction.sha256.authenticationCode(for: Array(input.utf8), key: secret)
    return Issued(
      token: input + "." + Base64URL.encode(signature), expiresAt: Date(timeIntervalSince1970: expiry))
  }
}
