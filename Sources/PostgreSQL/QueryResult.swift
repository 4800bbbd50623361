internal import CPostgres

/// What a statement gave, freed with this object.
final class QueryResult {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { PQclear(handle) }

  var isFailure: Bool {
    let status = PQresultStatus(handle)
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY
  }

  /// Five characters, if the server sent an error.
  var state: String? { footnote_postgres_state(handle).map { String(cString: $0) } }
  var message: String? { footnote_postgres_message(handle).map { String(cString: $0) } }

  func forEach(_ body: (Row) throws -> Void) rethrows {
    for index in 0..<PQntuples(handle) { try body(Row(handle, index)) }
  }

  /// Rows that the statement changed or gave.
  var affectedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }
}
