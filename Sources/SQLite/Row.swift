internal import CSQLite

/// The current row of a query; valid only inside the closure that receives it. Columns count from 0.
public struct Row {
  private let handle: OpaquePointer

  init(_ statement: Statement) { handle = statement.handle }

  public func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  /// The column as an integer; 0 where it is NULL or not a number.
  public func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

  public func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

  /// The column as a number; 0 where it is NULL or not a number.
  public func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  /// The column as text; empty where it is NULL.
  public func text(_ column: Int) -> String {
    guard let pointer = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self)
  }

  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// A copy of the column's bytes; empty where it is NULL.
  public func blob(_ column: Int) -> [UInt8] { withBlob(column) { Array($0) } }

  /// The column's bytes in place; the buffer is valid only inside `body`.
  public func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    let pointer = sqlite3_column_blob(handle, Int32(column))
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return try body(UnsafeRawBufferPointer(start: pointer, count: pointer == nil ? 0 : count))
  }
}
