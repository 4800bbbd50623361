/// Where a server can be reached.
public struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
  public let host: String
  public let port: Int

  /// As a URL takes it: `127.0.0.1:8080`, `[::1]:8080`.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
