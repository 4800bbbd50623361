import SQLite

/// A transaction on one connection to a state file.
struct SQLiteSession: StateSession {
  let connection: Connection

  // There is one writer at a time: a transaction that writes has locked everything.
  var rowLock: String { "" }

  // length() of a text counts characters, and octet_length() is of SQLite 3.43.
  func byteCount(_ column: String) -> String { "length(CAST(\(column) AS BLOB))" }

  @discardableResult
  func forEach(_ sql: String, _ values: [StateValue], _ body: (any StateRow) throws -> Void) throws -> Int {
    try connection.forEach(Self.numbered(sql), values.map(Value.init)) { try body(SQLiteRow(row: $0)) }
    return connection.changedRows
  }

  /// SQLite takes `$1` for a name, and `?1` for a number.
  private static func numbered(_ sql: String) -> String {
    sql.contains("$") ? String(sql.map { $0 == "$" ? "?" : $0 }) : sql
  }
}

/// A row of a state file.
struct SQLiteRow: StateRow {
  let row: Row

  func isNull(_ column: Int) -> Bool { row.isNull(column) }
  func integer(_ column: Int) -> Int { row.integer(column) }
  func text(_ column: Int) -> String { row.text(column) }
}

extension Value {
  init(_ value: StateValue) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .integer(Int64(number))
    case .text(let text): self = .text(text)
    }
  }
}
