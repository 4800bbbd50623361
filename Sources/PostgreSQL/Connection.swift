internal import CPostgres
import Glibc

/// One connection to a PostgreSQL server. Its functions block.
///
/// Not safe to share: whoever owns it serialises its use.
public final class Connection {
  public let settings: ConnectionSettings
  private let handle: OpaquePointer
  private let pulse: ServerPulse?
  /// Names of prepared statements by their text.
  private var statements: [String: String] = [:]
  private var isGivenUp = false
  /// Whether a COMMIT was sent and not answered: should the connection be lost now, nobody knows whether the changes were
  /// kept.
  public private(set) var isCommitting = false

  /// Connects within `settings.connectTimeout`.
  ///
  /// - Parameter pulse: tells whether a server that does not answer a statement answers anybody; nil to wait for as long
  ///   as the statement may take.
  public init(_ settings: ConnectionSettings, pulse: ServerPulse? = nil) throws(PostgreSQLError) {
    let start = ContinuousClock.now
    let parameters = settings.parameters
    let connected = CStrings.with(parameters.map(\.0)) { keywords in
      CStrings.with(parameters.map(\.1)) { PQconnectdbParams(keywords, $0, 0) }
    }
    guard let handle = connected else {
      throw PostgreSQLError(message: "out of memory", operation: "connect", isConnectionLost: true)
    }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = Self.hiding(settings.password, in: String(cString: PQerrorMessage(handle)))
      PQfinish(handle)
      // Whoever refuses does so at once.
      if .now - start > .seconds(1) { pulse?.noteSilence() }
      throw PostgreSQLError(
        message: message, operation: "connect to \(settings.place)", isConnectionLost: true)
    }
    self.settings = settings
    self.handle = handle
    self.pulse = pulse
    footnote_postgres_silence(handle)
    // Sending must not block either: the wait for a result has a deadline.
    PQsetnonblocking(handle, 1)
    try execute(
      """
      SET statement_timeout = \(settings.statementTimeout);
      SET idle_in_transaction_session_timeout = \(settings.statementTimeout * 2)
      """)
  }

  deinit { PQfinish(handle) }

  /// Whether a transaction is open, failed or not.
  public var isInTransaction: Bool {
    [PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE].contains(PQtransactionStatus(handle))
  }

  /// Whether nothing more can be done with it.
  public var isLost: Bool { isGivenUp || PQstatus(handle) != CONNECTION_OK }

  /// Runs statements separated by semicolons, without values or results.
  public func execute(_ sql: String) throws(PostgreSQLError) {
    _ = try result(PQsendQuery(handle, sql), sql)
  }

  /// Runs one statement with its parameters `$1`, `$2`, ..., visits its rows, and returns how many rows it changed or
  /// gave. The statement stays prepared for the connection's life.
  @discardableResult
  public func forEach(_ sql: String, _ values: [Value], _ body: (Row) throws -> Void) throws -> Int {
    let name = try prepared(sql)
    let isSent = CStrings.with(values.map(\.encoded)) {
      PQsendQueryPrepared(handle, name, Int32(values.count), $0, nil, nil, 0)
    }
    let result = try result(isSent, sql)
    try result.forEach(body)
    return result.affectedRows
  }

  /// Runs a query and maps its first row; nil if there is none.
  public func first<Element>(
    _ sql: String, _ values: Value..., map: (Row) throws -> Element
  ) throws -> Element? {
    var element: Element?
    try forEach(sql, values) { row in
      if element == nil { element = try map(row) }
    }
    return element
  }

  /// Runs `body` in a transaction that begins with `opening` and is rolled back if `body` throws.
  ///
  @discardableResult
  public func transaction<Result>(
    _ opening: String = "BEGIN", _ body: () throws -> Result
  ) throws -> Result {
    isCommitting = false
    try execute(opening)
    do {
      let result = try body()
      isCommitting = true
      try execute("COMMIT")
      isCommitting = false
      return result
    } catch {
      if !isLost, isInTransaction { try? execute("ROLLBACK") }
      throw error
    }
  }

  private func prepared(_ sql: String) throws(PostgreSQLError) -> String {
    if let name = statements[sql] { return name }
    let name = "s\(statements.count)"
    _ = try result(PQsendPrepare(handle, name, sql, 0, nil), sql)
    statements[sql] = name
    return name
  }

  /// Waits for what was sent. The server ends a statement that takes too long; a connection over which nothing comes at
  /// all is given up a second later, and as soon as it is known that the server answers nobody.
  private func result(_ isSent: Int32, _ operation: String) throws(PostgreSQLError) -> QueryResult {
    guard isSent == 1 else { throw failure(nil, operation) }
    let deadline = ContinuousClock.now + .milliseconds(settings.statementTimeout + 1000)
    var outcome: QueryResult?
    while true {
      try wait(until: deadline, operation)
      guard let next = PQgetResult(handle).map(QueryResult.init) else { break }
      if outcome?.isFailure != true { outcome = next }
    }
    guard let outcome, !outcome.isFailure else { throw failure(outcome, operation) }
    return outcome
  }

  /// Blocks until the next result can be taken.
  private func wait(
    until deadline: ContinuousClock.Instant, _ operation: String
  ) throws(PostgreSQLError) {
    var silence = ContinuousClock.now + .milliseconds(settings.silence)
    while true {
      let unsent = PQflush(handle)
      guard unsent >= 0 else { throw failure(nil, operation) }
      if unsent == 0, PQisBusy(handle) == 0 { return }
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else {
        throw givenUp("the server has not answered in time", operation)
      }
      let untilSilence = ContinuousClock.now.duration(to: silence) / .milliseconds(1)
      let patience = pulse == nil ? left : min(left, untilSilence)
      var descriptor = pollfd(
        fd: PQsocket(handle), events: Int16(POLLIN | (unsent > 0 ? POLLOUT : 0)), revents: 0)
      _ = poll(&descriptor, 1, Int32(min(max(0, patience.rounded(.up)), 60_000)))
      if descriptor.revents != 0 {
        guard PQconsumeInput(handle) == 1 else { throw failure(nil, operation) }
      } else if let pulse, ContinuousClock.now >= silence {
        // What has come meanwhile counts for more.
        guard pulse.isAnswering() || poll(&descriptor, 1, 0) > 0 else {
          throw givenUp("the server does not answer any more", operation)
        }
        silence = .now + .milliseconds(2 * settings.silence)
      }
    }
  }

  private func givenUp(_ reason: String, _ operation: String) -> PostgreSQLError {
    isGivenUp = true
    return PostgreSQLError(message: reason, operation: operation, isConnectionLost: true)
  }

  private func failure(_ result: QueryResult?, _ operation: String) -> PostgreSQLError {
    let state = result?.state ?? ""
    let message = result?.message ?? String(cString: PQerrorMessage(handle))
    // 57P01 to 57P03: the server is being shut down, or has been, by its administrator.
    return PostgreSQLError(
      state: state, message: Self.hiding(settings.password, in: message), operation: operation,
      isConnectionLost: isLost || ["57P01", "57P02", "57P03"].contains(state))
  }

  /// One line, with the password, should libpq have repeated it, made unreadable.
  private static func hiding(_ password: String?, in message: String) -> String {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let password, !password.isEmpty else { return line }
    return line.replacing(password, with: "***")
  }
}
