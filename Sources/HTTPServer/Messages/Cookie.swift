/// A cookie as a response sets it (RFC 6265, section 4.1).
public struct Cookie: Sendable, Equatable {
  public enum SameSite: String, Sendable {
    case strict = "Strict"
    case lax = "Lax"
    /// Needs `isSecure`, or browsers drop the cookie.
    case none = "None"
  }

  public var name: String
  /// Bytes that a cookie cannot hold are sent percent-encoded; nothing decodes them again.
  public var value: String
  public var path: String
  /// How long the browser keeps it; nil until it is closed, zero removes it.
  public var maxAge: Duration?
  public var isHTTPOnly: Bool
  public var isSecure: Bool
  public var sameSite: SameSite

  public init(
    _ name: String, _ value: String, path: String = "/", maxAge: Duration? = nil, isHTTPOnly: Bool = true,
    isSecure: Bool = false, sameSite: SameSite = .lax
  ) {
    precondition(ASCII.isToken(name), "'\(name)' cannot be a cookie's name")
    self.name = name
    self.value = value
    self.path = path
    self.maxAge = maxAge
    self.isHTTPOnly = isHTTPOnly
    self.isSecure = isSecure
    self.sameSite = sameSite
  }

  /// The value of a `Set-Cookie` field.
  public var headerValue: String {
    var text = "\(name)=\(PercentEncoding.encode(value, keeping: Self.isValueByte)); Path=\(path)"
    if let maxAge { text += "; Max-Age=\(max(0, maxAge.components.seconds))" }
    if isHTTPOnly { text += "; HttpOnly" }
    if isSecure { text += "; Secure" }
    return text + "; SameSite=\(sameSite.rawValue)"
  }

  /// Cookies of a request's `Cookie` fields by name; of several with one name the first, which browsers
  /// send for the most specific path.
  static func parse(_ fields: [String]) -> [String: String] {
    var cookies: [String: String] = [:]
    for field in fields {
      for piece in field.split(separator: ";") {
        guard let equals = piece.firstIndex(of: "=") else { continue }
        let name = String(ASCII.trimmed(piece[..<equals]))
        var value = ASCII.trimmed(piece[piece.index(after: equals)...])
        if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        if cookies[name] == nil { cookies[name] = String(value) }
      }
    }
    return cookies
  }

  /// RFC 6265's cookie-octet.
  private static func isValueByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
    default: false
    }
  }
}
