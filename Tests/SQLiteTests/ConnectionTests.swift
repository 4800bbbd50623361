import Glibc
import SQLite
import TestSupport
import Testing

@Suite struct ConnectionTests {
  @Test func valuesComeBackAsTheyWentIn() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (v)")
    let values: [Value] = [
      .null, .integer(.min), .integer(.max), .real(0.1), .text(""), .text("Žluťoučký 🤖 'x'"),
      .text("a\u{0}b"), .blob([]), .blob([0, 255, 1]),
    ]
    for value in values { try connection.run("INSERT INTO t VALUES (?)", value) }
    let read = try connection.query("SELECT v, typeof(v) FROM t ORDER BY rowid") { row -> Value in
      switch row.text(1) {
      case "null": .null
      case "integer": .integer(Int64(row.integer(0)))
      case "real": .real(row.real(0))
      case "text": .text(row.text(0))
      default: .blob(row.blob(0))
      }
    }
    #expect(read == values)
  }

  @Test(arguments: ["plain.db", "a b?immutable=0#c%41&d.db", "Žluť '🤖'.db"])
  func anImmutableFileIsReadWithoutAnythingBesideIt(name: String) throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/" + name
      try Connection(path: path, mode: .create).execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES (7)")
      let connection = try Connection(path: path, mode: .immutable)
      #expect(try connection.first("SELECT v FROM t") { $0.integer(0) } == 7)
      #expect(throws: SQLiteError.self) { try connection.execute("INSERT INTO t VALUES (8)") }
      #expect(access(path + "-shm", F_OK) != 0 && access(path + "-wal", F_OK) != 0)
    }
    #expect(throws: SQLiteError.self) { try Connection(path: "/nowhere/\(name)", mode: .immutable) }
  }

  @Test func aTransactionThatThrowsLeavesNothingBehind() throws {
    struct Stop: Error {}
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (v)")
    #expect(throws: Stop.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try connection.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
    try connection.transaction { try connection.run("INSERT INTO t VALUES (1)") }
    #expect(try connection.first("SELECT count(*) FROM t") { $0.integer(0) } == 1)
  }

  @Test func aQueryInsideTheSameQuerySeesItsOwnRows() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (v); INSERT INTO t VALUES (1), (2)")
    let pairs = try connection.query("SELECT v FROM t") { outer in
      let first = outer.integer(0)
      return try connection.query("SELECT v FROM t") { first * 10 + $0.integer(0) }
    }
    #expect(pairs == [[11, 12], [21, 22]])
  }

  @Test func anErrorNamesTheStatementAndHidesTheValues() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (v UNIQUE)")
    try connection.run("INSERT INTO t VALUES (?)", "secret")
    let error = try #require(throws: SQLiteError.self) {
      try connection.run("INSERT INTO t\n  VALUES (?)", "secret")
    }
    #expect(
      error.description
        == "SQLite error 2067: UNIQUE constraint failed: t.v, in: INSERT INTO t VALUES (?)")
  }

  @Test func aWrongNumberOfValuesIsAnError() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    let error = try #require(throws: SQLiteError.self) { try connection.run("SELECT ?, ?", 1) }
    #expect(error.message == "2 values expected, 1 given")
  }

  @Test func aFileThatIsNoDatabaseIsToldApart() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/notes.txt"
      try write("Certainly not a database, but long enough to have a header.\n", to: path)
      let error = try #require(throws: SQLiteError.self) {
        try Connection(path: path, mode: .readOnly).execute("SELECT * FROM sqlite_schema")
      }
      #expect(error.isCorrupt)
      let missing = try #require(throws: SQLiteError.self) {
        try Connection(path: directory + "/none.db", mode: .readOnly)
      }
      #expect(missing.cannotOpen)
    }
  }

  @Test func aFullDatabaseIsToldApartAndStaysWhole() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (v); PRAGMA max_page_count = 20")
    let error = try #require(throws: SQLiteError.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (1)")
        try connection.run("INSERT INTO t VALUES (zeroblob(1000000))")
      }
    }
    #expect(error.isFull)
    #expect(try connection.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
  }
}
