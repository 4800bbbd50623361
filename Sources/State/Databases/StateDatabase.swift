/// A database that keeps state in SQL which SQLite and PostgreSQL both understand: parameters are `$1`, `$2`, ...,
/// times are milliseconds since 1970, truths are 0 and 1, JSON is text.
protocol StateDatabase: Sendable {
  /// Runs `body` with one unchanging view of the database. It blocks, on a thread outside the cooperative pool.
  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result

  /// Runs `body` in a transaction, and returns once it is on disk. `body` may be run again if the transaction could not
  /// be committed; what it throws undoes all that it wrote.
  @discardableResult
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result
}

/// Statements within a transaction; valid only inside the closure that receives it.
protocol StateSession {
  /// What a SELECT ends with whose rows are changed afterwards in the same transaction.
  var rowLock: String { get }

  /// An expression for the bytes that a column of texts holds.
  func byteCount(_ column: String) -> String

  /// Runs one statement, visits its rows, and returns how many rows it changed.
  @discardableResult
  func forEach(_ sql: String, _ values: [StateValue], _ body: (any StateRow) throws -> Void) throws -> Int
}

extension StateSession {
  /// Runs one statement and gives the number of rows that it changed.
  @discardableResult
  func run(_ sql: String, _ values: StateValue...) throws -> Int {
    try forEach(sql, values) { _ in }
  }

  func query<Element>(
    _ sql: String, _ values: StateValue..., map: (any StateRow) throws -> Element
  ) throws -> [Element] {
    var elements: [Element] = []
    try forEach(sql, values) { elements.append(try map($0)) }
    return elements
  }

  /// The first row; nil if there is none.
  func first<Element>(
    _ sql: String, _ values: StateValue..., map: (any StateRow) throws -> Element
  ) throws -> Element? {
    var element: Element?
    try forEach(sql, values) { row in
      if element == nil { element = try map(row) }
    }
    return element
  }
}

/// A row; valid only inside the closure that receives it. Columns count from 0.
protocol StateRow {
  func isNull(_ column: Int) -> Bool
  /// 0 where it is NULL.
  func integer(_ column: Int) -> Int
  /// Empty where it is NULL.
  func text(_ column: Int) -> String
}
