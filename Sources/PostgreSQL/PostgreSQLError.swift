internal import CPostgres

/// What PostgreSQL refused, or why it cannot be reached; values and passwords are never shown.
public struct PostgreSQLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Five characters (https://www.postgresql.org/docs/15/errcodes-appendix.html); empty where the server said nothing.
  public let state: String
  /// PostgreSQL's own words.
  public let message: String
  /// The statement, or what was being done.
  public let operation: String
  /// The connection is gone, and with it any open transaction.
  public let isConnectionLost: Bool

  public init(state: String = "", message: String, operation: String, isConnectionLost: Bool = false) {
    self.state = state
    self.message = message
    self.operation = operation
    self.isConnectionLost = isConnectionLost
  }

  /// Another transaction came between; the same work can be done again.
  public var isSerialization: Bool { ["40001", "40P01"].contains(state) }
  /// A uniqueness does not hold.
  public var isUniqueViolation: Bool { state == "23505" }
  /// The statement took longer than `statement_timeout`, or waited longer than `lock_timeout`.
  public var isTimeout: Bool { ["57014", "55P03"].contains(state) }
  // What libpq says of a refused connection has no code, only the server's words.
  /// Wrong user or password.
  public var isAuthentication: Bool {
    state.hasPrefix("28") || isConnectionLost && message.contains("authentication failed")
      || isConnectionLost && message.contains("no password supplied")
  }
  /// There is no database of this name.
  public var isNoDatabase: Bool {
    state == "3D000" || isConnectionLost && message.contains("database") && message.contains("does not exist")
  }
  /// The server has no room: disk, memory or connections.
  public var isFull: Bool { state.hasPrefix("53") }
  /// The server is starting or stopping, or a standby that takes no writes.
  public var isReadOnlyOrStarting: Bool { ["25006", "57P03"].contains(state) }
  /// The user may not do this.
  public var isPermission: Bool { state == "42501" }

  public var description: String {
    let statement = operation.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let code = state.isEmpty ? "" : " \(state)"
    return "PostgreSQL error\(code): \(message), in: \(statement)"
  }
}
