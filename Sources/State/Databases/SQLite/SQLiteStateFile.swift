import Glibc
import SQLite

/// A file that is, or becomes, a state database.
struct SQLiteStateFile {
  let path: String

  // A primary key of this type counts up by itself.
  private static let migrations: Migrations = {
    var steps = StateSchema.steps(serial: "INTEGER PRIMARY KEY")
    steps[0] = "PRAGMA application_id = \(StateSchema.applicationID);\n" + steps[0]
    return Migrations(steps)
  }()

  /// The connection that writes, its tables up to date.
  func open() throws -> Connection {
    try make()
    let connection = try Connection(path: path, mode: .readWrite)
    // One view of both numbers and the tables: another process may just be making them.
    let (application, version, tables) = try connection.transaction(immediate: false) {
      (
        try connection.first("PRAGMA application_id") { $0.integer(0) } ?? 0, try connection.schemaVersion,
        try connection.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
      )
    }
    guard application == StateSchema.applicationID || application == 0 && tables == 0 else {
      throw StateError(
        .incompatible,
        "'\(path)' is not a state database: it holds something else. Choose another file with --state.")
    }
    guard version <= Self.migrations.version else {
      throw StateError(
        .incompatible,
        "The state database '\(path)' was made by a newer version of footnote "
          + "(its tables are of version \(version), known here is \(Self.migrations.version)). "
          + "Update footnote, or choose another file with --state.")
    }
    try writeAhead(connection)
    // An acknowledged message shall outlive a power failure too.
    try connection.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    try Self.migrations.apply(to: connection)
    return connection
  }

  func openForReading() throws -> Connection {
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute("PRAGMA query_only = ON; PRAGMA foreign_keys = ON")
    return connection
  }

  /// Makes an empty file that nobody but its owner may read, unless there is one; SQLite gives its
  /// companions the same mode.
  private func make() throws {
    let descriptor = Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StateError(opening: path, errno) }
    Glibc.close(descriptor)
  }

  /// Changing the journal takes a lock that SQLite does not wait for while another process does the same.
  private func writeAhead(_ connection: Connection) throws {
    for _ in 0..<1000 {
      do throws(SQLiteError) {
        return try connection.execute("PRAGMA journal_mode = WAL")
      } catch {
        guard error.isBusy else { throw error }
        usleep(10_000)
      }
    }
    try connection.execute("PRAGMA journal_mode = WAL")
  }
}
