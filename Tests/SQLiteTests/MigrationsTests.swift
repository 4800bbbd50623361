import SQLite
import Testing

@Suite struct MigrationsTests {
  let migrations = Migrations(["CREATE TABLE a (v)", "CREATE TABLE b (v); INSERT INTO b VALUES (7)"])

  @Test func runsEachStepOnce() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try migrations.apply(to: connection)
    try migrations.apply(to: connection)
    #expect(try connection.schemaVersion == 2)
    #expect(try connection.first("SELECT count(*) FROM b") { $0.integer(0) } == 1)
  }

  @Test func leavesADatabaseOfALaterVersionAlone() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("PRAGMA user_version = 9")
    try migrations.apply(to: connection)
    #expect(try connection.schemaVersion == 9)
  }

  @Test func aStepThatFailsChangesNothing() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    let broken = Migrations(["CREATE TABLE a (v)", "CREATE TABLE b (v); CREATE TABLE a (v)"])
    #expect(throws: SQLiteError.self) { try broken.apply(to: connection) }
    #expect(try connection.schemaVersion == 1)
    #expect(
      try connection.first("SELECT count(*) FROM sqlite_schema WHERE name = 'b'") { $0.integer(0) } == 0)
  }
}
