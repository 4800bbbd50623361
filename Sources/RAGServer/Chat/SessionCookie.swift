import Cryptography
import FoundationEssentials
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// The signed cookie that a session is known by: its id, a point, and HMAC-SHA-256 of the id.
struct SessionCookie: Sendable {
  static let name = "footnote_session"
  private static let lifetime = Duration.seconds(30 * 24 * 3600)

  let secret: SessionSecret

  /// The session of a request; nil without a cookie, and for one that was not signed here.
  func session(of request: Request) async throws -> String? {
    guard let value = request.cookies[Self.name], let point = value.lastIndex(of: ".") else { return nil }
    let id = String(value[..<point])
    guard UUID(uuidString: id) != nil, let code = Base64URL.decode(value[value.index(after: point)...]),
      HashFunction.sha256.isValid(code, for: Self.signed(id), key: try await secret.value())
    else { return nil }
    return id
  }

  /// The cookie of a session, only for encrypted connections where the request came over one.
  func cookie(for id: String, to request: Request) async throws -> Cookie {
    let code = HashFunction.sha256.authenticationCode(for: Self.signed(id), key: try await secret.value())
    return Cookie(
      Self.name, "\(id).\(Base64URL.encode(code))", maxAge: Self.lifetime,
      isSecure: request.headers["X-Forwarded-Proto"]?.lowercased() == "https")
  }

  private static func signed(_ id: String) -> [UInt8] { Array("footnote session \(id)".utf8) }
}
