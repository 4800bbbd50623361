/// What Redis refused, or why it cannot be reached; arguments and passwords are never shown.
public struct RedisError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The first word of an error, such as `WRONGPASS` or `OOM`; empty where the server said nothing.
  public let code: String
  /// The whole of it.
  public let message: String
  /// The command, or what was being done.
  public let operation: String
  public let isConnectionLost: Bool

  public init(code: String = "", message: String, operation: String, isConnectionLost: Bool = false) {
    self.code = code
    self.message = message
    self.operation = operation
    self.isConnectionLost = isConnectionLost
  }

  /// A password is missing, wrong or not wanted.
  public var isAuthentication: Bool {
    ["NOAUTH", "WRONGPASS", "NOPERM"].contains(code) || operation == "AUTH"
  }
  /// Memory or disk is full, or saving fails.
  public var isFull: Bool { ["OOM", "MISCONF"].contains(code) }
  /// A replica, or a server that is still reading its data.
  public var isReadOnlyOrStarting: Bool { ["READONLY", "LOADING", "MASTERDOWN"].contains(code) }

  public var description: String { "Redis error: \(message), in: \(operation)" }
}
