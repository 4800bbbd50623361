internal import CSQLite

/// A prepared statement, finalised with its last reference.
final class Statement {
  let handle: OpaquePointer
  let sql: String
  private let connection: OpaquePointer

  init(_ connection: OpaquePointer, _ sql: String) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK else { throw Connection.error(code, connection, sql) }
    guard let handle else {
      throw SQLiteError(code: SQLITE_MISUSE, message: "the statement is empty", operation: sql)
    }
    self.handle = handle
    self.sql = sql
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Binds `values` to the parameters in their order.
  func bind(_ values: [Value]) throws(SQLiteError) {
    let expected = Int(sqlite3_bind_parameter_count(handle))
    guard values.count == expected else {
      throw SQLiteError(
        code: SQLITE_RANGE, message: "\(expected) values expected, \(values.count) given", operation: sql)
    }
    for (offset, value) in values.enumerated() {
      let index = Int32(offset + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(var text):
          text.withUTF8 { bytes in
            // A null pointer would bind NULL, so an empty text needs an address.
            bytes.withMemoryRebound(to: CChar.self) { bytes in
              bytes.baseAddress.map {
                footnote_sqlite_bind_text(handle, index, $0, sqlite3_uint64(bytes.count))
              } ?? footnote_sqlite_bind_text(handle, index, "", 0)
            }
          }
        case .blob(let bytes):
          bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, index, 0)
            : footnote_sqlite_bind_blob(handle, index, bytes, sqlite3_uint64(bytes.count))
        }
      guard code == SQLITE_OK else { throw Connection.error(code, connection, sql) }
    }
  }

  /// Advances to the next row; false at the end.
  func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    case let code: throw Connection.error(code, connection, sql)
    }
  }

  /// Makes the statement ready for other values and gives up its read lock.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}
