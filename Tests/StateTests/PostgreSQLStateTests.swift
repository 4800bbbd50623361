import FoundationEssentials
import Glibc
import PostgreSQL
import Synchronization
import TestSupport
import Testing

@testable import State

@Suite(.enabled(if: PostgreSQLServer.isInstalled, Comment(rawValue: PostgreSQLServer.absence)))
struct PostgreSQLStateTests {
  private func withDatabase(
    connections: Int = 4, patience: Int = 10_000, options: String = "",
    _ body: (PostgreSQLDatabase) async throws -> Void
  ) async throws {
    var settings = try ConnectionSettings(try await PostgreSQLServer.shared.emptySchema() + options)
    settings.statementTimeout = patience
    let database = PostgreSQLDatabase(settings: settings, connections: connections, patience: patience)
    try await database.prepare()
    do {
      try await body(database)
    } catch {
      await database.close()
      throw error
    }
    await database.close()
  }

  @Test func `ten servers that start at once make the tables once`() async throws {
    let url = try await PostgreSQLServer.shared.emptySchema()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        group.addTask {
          let state = try await State.postgreSQL(url: url, connections: 2)
          try await state.records.add(sampleRecord("\(number)"))
          await state.close()
        }
      }
      try await group.waitForAll()
    }
    let state = try await State.postgreSQL(url: url)
    #expect(try await state.records.count(RecordQuery(kind: "event")) == 10)
    await state.close()
  }

  @Test func `a newer version's tables ask for an update`() async throws {
    let url = try await PostgreSQLServer.shared.emptySchema()
    let state = try await State.postgreSQL(url: url)
    await state.close()
    let schema = try #require(url.split(separator: "%3D").last)
    try await PostgreSQLServer.shared.run("UPDATE \(schema).footnote_migrations SET version = 99")
    let error = await #expect(throws: StateError.self) { _ = try await State.postgreSQL(url: url) }
    #expect(error?.code == .incompatible && error?.message.contains("newer version") == true)
  }

  @Test func `after the server has restarted everything goes on`() async throws {
    let state = try await State.postgreSQL(
      url: try await PostgreSQLServer.shared.emptySchema(), connections: 4)
    _ = try await state.conversations.open(sampleConversation("c"))
    // Several connections, all of which break.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { try await state.conversations.append([sampleMessage("\(number)")], to: "c") }
      }
      try await group.waitForAll()
    }
    try await PostgreSQLServer.shared.restart()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 20..<40 {
        group.addTask {
          try await state.conversations.append([sampleMessage("\(number)")], to: "c")
          _ = try await state.conversations.messages(of: "c", last: 1)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await state.conversations.conversation("c")?.messages == 40)
    await state.close()
  }

  @Test func `work whose connection is lost before the commit is done again, once`() async throws {
    try await withDatabase { database in
      let runs = Atomic<Int>(0)
      try await database.write { session in
        let run = runs.add(1, ordering: .relaxed).newValue
        try session.run("INSERT INTO health (id, value) VALUES ($1, '')", .text("\(run)"))
        if run == 1 { try session.run("SELECT pg_terminate_backend(pg_backend_pid())") }
      }
      #expect(runs.load(ordering: .relaxed) == 2)
      #expect(try await database.read { try $0.query("SELECT id FROM health") { $0.text(0) } } == ["2"])
      let error = await #expect(throws: StateError.self) {
        try await database.write { try $0.run("SELECT pg_terminate_backend(pg_backend_pid())") }
      }
      #expect(error?.code == .unavailable && error?.message.contains("cannot be reached") == true)
      try await database.check()
    }
  }

  @Test func `transactions that wait for each other are done again`() async throws {
    try await withDatabase { database in
      try await database.write { session in
        try session.run("INSERT INTO health (id, value) VALUES ('a', ''), ('b', '')")
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<4 {
          group.addTask {
            try await database.write { session in
              for id in number % 2 == 0 ? ["a", "b"] : ["b", "a"] {
                try session.run("UPDATE health SET value = value || '.' WHERE id = $1", .text(id))
                try session.run("SELECT pg_sleep(0.02)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let values = try await database.read { try $0.query("SELECT value FROM health") { $0.text(0) } }
      #expect(values == ["....", "...."])
    }
  }

  @Test func `a statement has a deadline`() async throws {
    try await withDatabase(patience: 200) { database in
      let error = await #expect(throws: StateError.self) {
        try await database.read { try $0.run("SELECT pg_sleep(30)") }
      }
      #expect(error?.code == .unavailable && error?.message.contains("took too long") == true)
      try await database.check()
    }
  }

  @Test func `a server that says nothing any more is given up`() async throws {
    try await withDatabase(connections: 1, patience: 200) { database in
      let backend = try await database.read { try $0.first("SELECT pg_backend_pid()") { $0.integer(0) } ?? 0 }
      try #require(backend > 1)
      kill(pid_t(backend), SIGSTOP)
      defer { kill(pid_t(backend), SIGCONT) }
      // Done again on another connection, since it had not begun to commit.
      let other = try await database.read { try $0.first("SELECT pg_backend_pid()") { $0.integer(0) } }
      #expect(other != backend)
      try await database.check()
    }
  }

  @Test func `a server that answers nobody is given up soon, and not waited for by the next`() async throws {
    var settings = try ConnectionSettings(try await PostgreSQLServer.shared.emptySchema())
    settings.silence = 200
    let database = PostgreSQLDatabase(settings: settings, connections: 2, patience: 10_000)
    try await database.prepare()
    let server = try await PostgreSQLServer.shared
    try server.freeze()
    defer { try? server.thaw() }
    let clock = ContinuousClock()
    func failure() async -> (StateError?, Duration) {
      let start = clock.now
      let error = await #expect(throws: StateError.self) {
        try await database.read { try $0.run("SELECT 1") }
      }
      return (error, clock.now - start)
    }
    let (first, wait) = await failure()
    #expect(first?.code == .unavailable && first?.message.contains("does not answer") == true)
    #expect(wait < .seconds(4.5))
    let (second, nothing) = await failure()
    #expect(second?.message.contains("does not answer") == true && nothing < .seconds(0.5))
    try server.thaw()
    let start = clock.now
    var isBack = false
    while !isBack, clock.now - start < .seconds(10) {
      isBack = (try? await database.check()) != nil
      if !isBack { try await Task.sleep(for: .milliseconds(50)) }
    }
    #expect(isBack)
    await database.close()
  }

  @Test func `a server that is only busy is waited for`() async throws {
    var settings = try ConnectionSettings(try await PostgreSQLServer.shared.emptySchema())
    settings.silence = 50
    let database = PostgreSQLDatabase(settings: settings, connections: 8, patience: 10_000)
    try await database.prepare()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await database.read { try $0.run("SELECT pg_sleep(0.7)") } } }
      try await group.waitForAll()
    }
    await database.close()
  }

  @Test func `no more connections are made than allowed`() async throws {
    try await withDatabase(connections: 2, patience: 2000, options: "&application_name=bounded") { database in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await database.read { session in
              try session.run("SELECT pg_sleep(0.01)")
              return try session.first(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bounded'"
              ) { $0.integer(0) } ?? 0
            }
          }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(counts.count == 20 && counts.allSatisfy { (1...2).contains($0) })
    }
  }

  @Test func `a job that waits for a connection ends with its task`() async throws {
    try await withDatabase(connections: 1) { database in
      let held = Task { try await database.read { try $0.run("SELECT pg_sleep(1)") } }
      let waiting = Task { try await database.read { try $0.run("SELECT 1") } }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      _ = try await held.value
    }
  }

  @Test func `a password is never shown`() async throws {
    let server = try await PostgreSQLServer.shared
    try await server.run("ALTER ROLE footnote PASSWORD 'right%word'")
    let right = "postgresql://footnote:right%25word@127.0.0.1:\(server.port)/postgres"
    let state = try await State.postgreSQL(url: right)
    #expect(state.parts.map(\.place) == ["PostgreSQL, 127.0.0.1:\(server.port)/postgres"])
    await state.close()
    let wrong = [
      (right.replacing("right%25word", with: "open-sesame"), "refuses the user or the password"),
      (right.replacing("/postgres", with: "/none"), "Make it with 'createdb'"),
      ("postgresql://footnote:open-sesame@127.0.0.1:1/x", "Check that PostgreSQL runs there"),
      ("postgresql://footnote:open-ses@me@127.0.0.1:\(server.port)/x", "DATABASE_URL cannot be read"),
      ("postgresql://footnote:open-ses/me@127.0.0.1:\(server.port)/x", "DATABASE_URL cannot be read"),
      ("postgresql://footnote:open-ses%zzame@127.0.0.1/x", "DATABASE_URL cannot be read"),
      ("mysql://footnote:open-sesame@127.0.0.1/x", "DATABASE_URL cannot be read"),
    ]
    for (url, words) in wrong {
      let error = await #expect(throws: StateError.self) { _ = try await State.postgreSQL(url: url) }
      let message = error?.message ?? ""
      #expect(message.contains(words), "\(url): \(message)")
      #expect(error?.code == .unavailable)
      for secret in ["open-ses", "right%", "zzame", "sesame"] where !url.hasPrefix(secret) {
        #expect(!message.contains(secret), "\(message)")
      }
    }
  }
}
