internal import CPostgres

/// How to reach a database: a URL such as `postgresql://user:password@host:5432/name?sslmode=require`, or libpq's
/// `key=value` form.
public struct ConnectionSettings: Sendable {
  /// Keywords and values of libpq, the password among them.
  let options: [String: String]

  /// Seconds to wait for a connection.
  public var connectTimeout = 4
  /// Milliseconds without a word after which it is asked whether the server still answers anybody.
  public var silence = 1000
  /// Milliseconds that one statement may take; a shorter time than any request's deadline.
  public var statementTimeout = 10_000

  /// - Throws: `PostgreSQLError` without the text, which may hold a password, if it is neither form.
  public init(_ text: String) throws(PostgreSQLError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let list = PQconninfoParse(text, &message) else {
      PQfreemem(message)
      throw PostgreSQLError(
        message: "it is not of the form postgresql://user:password@host:5432/database",
        operation: "read the address of the database")
    }
    defer { PQconninfoFree(list) }
    var options: [String: String] = [:]
    var next = list
    while let keyword = next.pointee.keyword {
      if let value = next.pointee.val { options[String(cString: keyword)] = String(cString: value) }
      next += 1
    }
    // The usual cause is a password with a @, : or / in it, of which host, port and name are now a part.
    let isMisread =
      (options["port"] ?? "").contains { !$0.isNumber && $0 != "," }
      || (options["host"] ?? "").dropFirst().contains("@") || (options["dbname"] ?? "").contains("@")
    guard !isMisread else {
      throw PostgreSQLError(
        message: "its host, port or name is none (write @ in a password as %40, : as %3A, / as %2F)",
        operation: "read the address of the database")
    }
    self.options = options
  }

  /// Host, port and database; no user and no password.
  public var place: String {
    let host = options["host"] ?? options["hostaddr"] ?? "localhost"
    let port = options["port"] ?? "5432"
    return "\(host):\(port)/\(options["dbname"] ?? options["user"] ?? "")"
  }

  var password: String? { options["password"] }

  /// What a connection is made with: what the address leaves out, and what it may not change.
  var parameters: [(String, String)] {
    var parameters = options
    let defaults = [
      "connect_timeout": "\(connectTimeout)", "application_name": "footnote",
      // A peer that is gone without a word is noticed within half a minute.
      "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
      "tcp_user_timeout": "20000",
    ]
    parameters.merge(defaults) { given, _ in given }
    parameters["client_encoding"] = "UTF8"
    return parameters.sorted { $0.key < $1.key }
  }
}
