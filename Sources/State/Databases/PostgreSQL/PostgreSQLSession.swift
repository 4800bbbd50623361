import PostgreSQL

/// A transaction on one connection to a PostgreSQL server.
struct PostgreSQLSession: StateSession {
  let connection: Connection

  var rowLock: String { " FOR UPDATE" }

  func byteCount(_ column: String) -> String { "octet_length(\(column))" }

  @discardableResult
  func forEach(_ sql: String, _ values: [StateValue], _ body: (any StateRow) throws -> Void) throws -> Int {
    try connection.forEach(sql, values.map(Value.init)) { try body(PostgreSQLRow(row: $0)) }
  }
}

/// A row of a PostgreSQL result.
struct PostgreSQLRow: StateRow {
  let row: Row

  func isNull(_ column: Int) -> Bool { row.isNull(column) }
  func integer(_ column: Int) -> Int { row.integer(column) }
  func text(_ column: Int) -> String { row.text(column) }
}

extension Value {
  init(_ value: StateValue) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .integer(number)
    case .text(let text): self = .text(text)
    }
  }
}
