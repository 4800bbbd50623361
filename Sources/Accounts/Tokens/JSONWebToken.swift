import Cryptography
import Models

/// A signed token in compact form (RFC 7519, RFC 7515), read but not yet believed.
struct JSONWebToken {
  /// Most bytes of one; user records with a picture in them fit.
  static let largest = 16_384

  let header: JSONValue
  let claims: JSONValue
  /// What is signed.
  let signingInput: [UInt8]
  let signature: [UInt8]

  var algorithm: String { header["alg"]?.string ?? "" }
  var keyID: String? { header["kid"]?.string }

  init(parsing text: String) throws(TokenError) {
    guard text.utf8.count <= Self.largest else {
      throw TokenError(.tooLarge, "it has \(text.utf8.count) bytes, and \(Self.largest) are read")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw TokenError(.malformed, "it has \(parts.count) parts, not three") }
    header = try Self.object(parts[0], "header")
    guard let signature = Base64URL.decode(parts[2]) else {
      throw TokenError(.malformed, "its signature is not base64url")
    }
    claims = try Self.object(parts[1], "claims")
    self.signature = signature
    signingInput = Array((parts[0] + "." + parts[1]).utf8)
    guard header["alg"]?.string != nil else { throw TokenError(.malformed, "its header has no 'alg'") }
    if let kid = header["kid"], (kid.string?.utf8.count ?? .max) > 256 {
      throw TokenError(.malformed, "its 'kid' is no text of up to 256 bytes")
    }
    // Extensions that must be understood (RFC 7515, section 4.1.11), of which we know none.
    for name in ["crit", "b64"] {
      if case .some = header[name] { throw TokenError(.malformed, "its header has '\(name)'") }
    }
  }

  private static func object(_ part: Substring, _ name: String) throws(TokenError) -> JSONValue {
    guard let bytes = Base64URL.decode(part) else {
      throw TokenError(.malformed, "its \(name) is not base64url")
    }
    guard let value = StrictJSON.parse(bytes), case .object = value else {
      throw TokenError(.malformed, "its \(name) is not a JSON object with each member once")
    }
    return value
  }
}
