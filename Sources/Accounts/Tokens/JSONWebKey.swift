import Cryptography
import Models

/// A public key of a key set (RFC 7517) and the algorithms it may be used with.
struct JSONWebKey: Sendable {
  let id: String?
  private let key: PublicKey
  private let schemes: [String: SignatureScheme]

  /// Nil for a key of another type, use or strength, and for a broken one: a set may hold keys for others too.
  init?(_ value: JSONValue) {
    if let use = value["use"], use.string != "sig" { return nil }
    if let operations = value["key_ops"]?.array, !operations.contains("verify") { return nil }
    let bytes = { (name: String) in value[name]?.string.flatMap { Base64URL.decode($0) } ?? [] }
    let key: PublicKey
    var schemes: [String: SignatureScheme]
    do {
      switch (value["kty"]?.string, value["crv"]?.string) {
      case ("OKP", "Ed25519"):
        key = try PublicKey(ed25519: bytes("x"))
        schemes = ["EdDSA": .ed25519, "Ed25519": .ed25519]
      case ("EC", "P-256"):
        key = try PublicKey(.p256, x: bytes("x"), y: bytes("y"))
        schemes = ["ES256": .ecdsa(.sha256)]
      case ("EC", "P-384"):
        key = try PublicKey(.p384, x: bytes("x"), y: bytes("y"))
        schemes = ["ES384": .ecdsa(.sha384)]
      case ("EC", "P-521"):
        key = try PublicKey(.p521, x: bytes("x"), y: bytes("y"))
        schemes = ["ES512": .ecdsa(.sha512)]
      case ("RSA", _):
        key = try PublicKey(rsaModulus: bytes("n"), exponent: bytes("e"))
        schemes = ["RS256": .rsaPKCS1(.sha256), "PS256": .rsaPSS(.sha256)]
      default: return nil
      }
    } catch {
      return nil
    }
    if let algorithm = value["alg"]?.string {
      schemes = schemes.filter { $0.key == algorithm || (key.kind == .ed25519 && algorithm == "EdDSA") }
    }
    guard !schemes.isEmpty else { return nil }
    self.key = key
    self.schemes = schemes
    id = value["kid"]?.string
  }

  /// Whether the key may be used with the algorithm of this name.
  func allows(_ algorithm: String) -> Bool { schemes[algorithm] != nil }

  func isValid(_ token: JSONWebToken) -> Bool {
    guard let scheme = schemes[token.algorithm] else { return false }
    return key.isValid(token.signature, for: token.signingInput, scheme)
  }
}
