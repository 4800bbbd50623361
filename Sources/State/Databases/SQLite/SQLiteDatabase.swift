import SQLite

/// State in one file, which any number of processes of one machine may share.
struct SQLiteDatabase: StateDatabase, StateBackend {
  let path: String
  private let writer: SQLiteWriter
  private let readers: ConnectionPool<Connection>

  var part: String { "state_database" }
  var place: String { "SQLite, \(path)" }

  /// Opens the file, making it if there is none, and brings its tables up to date. It blocks.
  ///
  /// - Throws: `StateError` if that cannot be.
  init(path: String, readers: Int = 4) throws {
    self.path = path
    let connection = try StateError.reported(path) { try SQLiteStateFile(path: path).open() }
    writer = SQLiteWriter(connection)
    self.readers = ConnectionPool(label: "footnote.state.reader", size: readers)
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result {
    let path = path
    return try await readers.perform { reader in
      try StateError.reported(path) {
        let connection = try reader ?? SQLiteStateFile(path: path).openForReading()
        reader = connection
        return try connection.transaction(immediate: false) {
          try body(SQLiteSession(connection: connection))
        }
      }
    }
  }

  @discardableResult
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result {
    do {
      return try await writer.write { try body($0) }
    } catch let error as SQLiteError {
      throw StateError(error, path: path)
    }
  }

  func check() async throws {
    try await checkRow("\(ContinuousClock.now)")
  }

  func close() async {
    await readers.close()
    // The last to close moves the write-ahead log into the file.
    await writer.close()
  }
}
