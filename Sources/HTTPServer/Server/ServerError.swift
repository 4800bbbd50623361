import Glibc

/// Why a server could not start.
public struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable {
    case portTaken, notPermitted, unknownHost, unavailable
  }

  public let code: Code
  public let description: String

  /// - Parameter number: what `bind`, `listen` or `socket` left in `errno`.
  init(_ address: ServerAddress, errno number: Int32) {
    let cause = String(cString: strerror(number))
    switch number {
    case EADDRINUSE:
      code = .portTaken
      description =
        "Cannot listen on \(address): another program uses port \(address.port). Stop it "
        + "('ss -ltnp sport = :\(address.port)' shows it to its owner and to root) or choose another port."
    case EACCES, EPERM:
      code = .notPermitted
      description =
        "Cannot listen on \(address): \(cause). Ports below 1024 need privileges; choose a higher one."
    case EADDRNOTAVAIL:
      code = .unavailable
      description =
        "Cannot listen on \(address): this machine does not have the address \(address.host). "
        + "Use one of its own, 127.0.0.1 for this machine only, or 0.0.0.0 for all."
    default:
      code = .unavailable
      description = "Cannot listen on \(address): \(cause)."
    }
  }

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
