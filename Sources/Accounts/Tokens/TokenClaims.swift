import FoundationEssentials
import Models

/// The claims of a token whose signature holds; one of a wrong type is an error, not an absent one.
struct TokenClaims {
  private let claims: JSONValue

  init(_ claims: JSONValue) {
    self.claims = claims
  }

  /// A NumericDate: seconds since 1970, with or without a fraction.
  func date(_ name: String) throws(TokenError) -> Date? {
    switch claims[name] {
    case nil: return nil
    case .integer(let seconds): return Date(timeIntervalSince1970: TimeInterval(seconds))
    case .number(let seconds): return Date(timeIntervalSince1970: seconds)
    default: throw TokenError(.claims, "its '\(name)' is not a number")
    }
  }

  func text(_ name: String) throws(TokenError) -> String? {
    switch claims[name] {
    case nil: return nil
    case .string(let text): return text
    default: throw TokenError(.claims, "its '\(name)' is not a text")
    }
  }

  /// One audience or a list of them.
  func audiences() throws(TokenError) -> Set<String> {
    switch claims["aud"] {
    case nil: return []
    case .string(let text): return [text]
    case .array(let list):
      let texts = list.compactMap(\.string)
      if texts.count == list.count { return Set(texts) }
      fallthrough
    default: throw TokenError(.claims, "its 'aud' is neither a text nor a list of texts")
    }
  }

  /// The user is `sub`, or `user.id` where a session of Better Auth was signed as it is.
  func verified(_ signer: VerifiedToken.Signer) throws(TokenError) -> VerifiedToken {
    let user = claims["user"]
    guard let subject = try text("sub") ?? user?["id"]?.string else {
      throw TokenError(.claims, "it names no user: neither 'sub' nor 'user.id'")
    }
    guard (1...255).contains(subject.utf8.count), subject.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
    else {
      throw TokenError(.claims, "its user's identifier has not 1 to 255 bytes")
    }
    guard let expiry = try date("exp") else { throw TokenError(.claims, "it never expires: no 'exp'") }
    return VerifiedToken(
      subject: subject, email: claims["email"]?.string ?? user?["email"]?.string,
      name: claims["name"]?.string ?? user?["name"]?.string, id: try text("jti"), issuedAt: try date("iat"),
      expiresAt: expiry, signer: signer)
  }
}
