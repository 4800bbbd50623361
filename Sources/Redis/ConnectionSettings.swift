import FoundationEssentials

/// How to reach a server: `redis://user:password@host:6379/0`, or `unix:///path/to/socket?db=0`; user, password and
/// number of the database may be left out.
public struct ConnectionSettings: Sendable, Equatable {
  public enum Place: Sendable, Equatable {
    case host(String, port: Int)
    case socket(String)
  }

  public let server: Place
  public let database: Int
  let user: String?
  let password: String?
  /// Milliseconds that connecting, and waiting for a reply, may take.
  public var timeout = 5000

  /// - Throws: `RedisError` without the text, which may hold a password, if it is neither form.
  public init(_ text: String) throws(RedisError) {
    guard !text.hasPrefix("rediss://") else {
      throw Self.error(
        "TLS (rediss://) is not supported: put stunnel or a private network between, and use redis://")
    }
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      ["redis", "unix"].contains(scheme), parts.fragment == nil
    else {
      throw Self.error(
        "it is not of the form redis://user:password@host:6379/0 (write @ in a password as %40)")
    }
    user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
    password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
    let number: String?
    if scheme == "unix" {
      guard !parts.path.isEmpty else { throw Self.error("the path of the socket is missing") }
      server = .socket(parts.path)
      number = parts.queryItems?.first { $0.name == "db" }?.value
    } else {
      guard let host = parts.host, !host.isEmpty else { throw Self.error("the host is missing") }
      // IPv6 addresses stand in brackets.
      let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
      server = .host(bare, port: parts.port ?? 6379)
      number = parts.path.split(separator: "/").first.map(String.init)
    }
    guard let database = Int(number ?? "0"), database >= 0 else {
      throw Self.error("the number of the database is none")
    }
    self.database = database
  }

  /// Host, port and database; no user and no password.
  public var place: String {
    switch server {
    case .host(let host, let port): "\(host):\(port)/\(database)"
    case .socket(let path): "\(path)/\(database)"
    }
  }

  private static func error(_ message: String) -> RedisError {
    RedisError(message: message, operation: "read the address of the server")
  }
}
