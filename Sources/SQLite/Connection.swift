internal import CSQLite

/// One connection to a database file.
///
/// Not safe to share: whoever owns it (usually an actor on a thread of its own) serialises its use.
public final class Connection {
  public enum Mode: Sendable {
    /// Fails if the file does not exist.
    case readOnly
    /// The same for a file that nobody can change while it is open, as on a file system mounted read-only: nothing is
    /// locked, and nothing made beside the file (https://www.sqlite.org/uri.html#uriimmutable).
    case immutable
    case readWrite
    /// Makes the file if it does not exist.
    case create
  }

  public let path: String
  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens `path`, waiting up to `busyTimeout` milliseconds for locks of other connections.
  public init(path: String, mode: Mode, busyTimeout: Int32 = 10_000) throws(SQLiteError) {
    let flags =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var handle: OpaquePointer?
    let name = if case .immutable = mode { Self.immutableName(path) } else { path }
    let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle else {
      let error = Self.error(code, handle, "open \(path)")
      sqlite3_close_v2(handle)
      throw error
    }
    self.path = path
    self.handle = handle
    sqlite3_busy_timeout(handle, busyTimeout)
  }

  /// The URI of a path, in which every byte that means something to a URI is escaped.
  private static func immutableName(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var name = path.hasPrefix("/") ? "file://" : "file:"
    for byte in path.utf8 {
      let isPlain =
        switch byte {
        case 0x2D...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
      name += isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
    return name + "?immutable=1"
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs statements separated by semicolons, without values or results.
  public func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw Self.error(code, handle, sql) }
  }

  /// Runs one statement to its end and gives the number of rows that it changed.
  @discardableResult
  public func run(_ sql: String, _ values: Value...) throws -> Int {
    try forEach(sql, values) { _ in }
    return changedRows
  }

  /// How many rows the last INSERT, UPDATE or DELETE changed, those by foreign keys not counted.
  public var changedRows: Int { Int(sqlite3_changes64(handle)) }

  /// Runs a query and maps each row.
  public func query<Element>(_ sql: String, _ values: Value..., map: (Row) throws -> Element) throws
    -> [Element]
  {
    var elements: [Element] = []
    try forEach(sql, values) { elements.append(try map($0)) }
    return elements
  }

  /// Runs a query and maps its first row; nil if there is none.
  public func first<Element>(_ sql: String, _ values: Value..., map: (Row) throws -> Element) throws
    -> Element?
  {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() ? try map(Row(statement)) : nil
  }

  /// Runs a query and visits each row without keeping any.
  public func forEach(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> Void) throws {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() { try body(Row(statement)) }
  }

  /// The row id of the last row inserted by this connection.
  public var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Runs `body` in a transaction that is rolled back if it throws. `immediate` takes the write lock at once,
  /// so that the transaction cannot fail half-way because another writer came first.
  @discardableResult
  public func transaction<Result>(immediate: Bool = true, _ body: () throws -> Result) throws -> Result {
    try execute(immediate ? "BEGIN IMMEDIATE" : "BEGIN")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // Some errors (a full disk) have rolled back already; then there is nothing to undo.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Cached statements are kept for the connection's life; a statement in use is prepared afresh.
  private func prepared(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = statements[sql], sqlite3_stmt_busy(statement.handle) == 0 { return statement }
    let statement = try Statement(handle, sql)
    if statements[sql] == nil { statements[sql] = statement }
    return statement
  }

  static func error(_ code: Int32, _ handle: OpaquePointer?, _ operation: String) -> SQLiteError {
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    return SQLiteError(code: code & 0xff, extendedCode: code, message: message, operation: operation)
  }
}
