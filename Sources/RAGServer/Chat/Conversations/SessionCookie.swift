import FoundationEssentials
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// The signed cookie that a session is known by.
struct SessionCookie: Sendable {
  static let name = "footnote_session"
  private static let purpose = "session cookie"
  private static let lifetime = Duration.seconds(30 * 24 * 3600)

  let signing: SigningKey

  /// The session of a request; nil without a cookie, and for one that was not signed here.
  func session(of request: Request) -> String? {
    guard let value = request.cookies[Self.name], let id = signing.payload(of: value, for: Self.purpose)
    else { return nil }
    return String(validating: id, as: UTF8.self)
  }

  /// The cookie of a session, only for encrypted connections where the request came over one.
  func cookie(for id: String, to request: Request) -> Cookie {
    Cookie(
      Self.name, signing.signed(id.utf8, for: Self.purpose), maxAge: Self.lifetime,
      isSecure: request.headers["X-Forwarded-Proto"]?.lowercased() == "https")
  }
}
