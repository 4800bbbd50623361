internal import CSQLite

/// What SQLite refused, with the statement that it refused; values bound to it are never shown.
public struct SQLiteError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Primary result code, such as `SQLITE_BUSY` (5).
  public let code: Int32
  /// Extended result code (https://www.sqlite.org/rescode.html).
  public let extendedCode: Int32
  /// SQLite's own words.
  public let message: String
  /// The statement, or what was being done.
  public let operation: String

  public init(code: Int32, extendedCode: Int32? = nil, message: String, operation: String) {
    self.code = code
    self.extendedCode = extendedCode ?? code
    self.message = message
    self.operation = operation
  }

  /// Another connection holds a lock.
  public var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
  /// The disk, or the page limit, is full.
  public var isFull: Bool { code == SQLITE_FULL }
  /// The file is not a database, or a damaged one.
  public var isCorrupt: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }
  /// The file is no database at all.
  public var isNoDatabase: Bool { code == SQLITE_NOTADB }
  /// The file cannot be opened, or only for reading.
  public var cannotOpen: Bool { code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM }

  public var description: String {
    let statement = operation.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return "SQLite error \(extendedCode): \(message), in: \(statement)"
  }
}
