import Cryptography
import FoundationEssentials
import Models

@testable import Accounts

/// Tokens made by hand, right ones and others.
enum TestToken {
  static let secret = "an-operators-secret-of-more-than-32-bytes"
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  /// The claims of a good token at `now`, changed by `changes`, of which null removes one.
  static func claims(_ changes: [String: JSONValue] = [:]) -> JSONValue {
    let claims: [String: JSONValue] = ["sub": "ann", "iat": 1_799_999_990, "exp": 1_800_000_900]
    return .object(claims.merging(changes) { $1 }.filter { $0.value != .null })
  }

  static func hmac(
    _ claims: JSONValue, header: JSONValue = ["alg": "HS256", "typ": "JWT"], secret: String = secret,
    hash: HashFunction = .sha256
  ) -> String {
    sign(header.text, claims.text, key: Array(secret.utf8), hash)
  }

  static func sign(_ header: String, _ claims: String, key: [UInt8], _ hash: HashFunction = .sha256) -> String
  {
    let input = [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
    return input + "." + Base64URL.encode(hash.authenticationCode(for: Array(input.utf8), key: key))
  }

  static func unsigned(_ header: String, _ claims: JSONValue) -> String {
    [header, claims.text].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".") + "."
  }
}

/// Why `verifier` refuses `token`; nil if it takes it.
func refusal(of token: String, by verifier: TokenVerifier, at now: Date = TestToken.now) async -> TokenError
  .Reason?
{
  do {
    _ = try await verifier.verify(token, at: now)
    return nil
  } catch {
    return error.reason
  }
}
