import FoundationEssentials
import Glibc
import Models
import SQLite
import TestSupport
import Testing

@testable import State

@Suite struct SQLiteStateTests {
  private func failure(_ path: String) async -> StateError? {
    await #expect(throws: StateError.self) { _ = try await State.sqlite(path: path) }
  }

  @Test func `the file and its companions are for their owner only`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/state.db"
      let state = try await State.sqlite(path: path)
      _ = try await state.conversations.open(sampleConversation("c"))
      for name in [path, path + "-wal", path + "-shm"] {
        var status = stat()
        try #require(stat(name, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
      }
      await state.close()
      #expect(access(path + "-wal", F_OK) != 0, "closing moves the log into the file")
      let again = try await State.sqlite(path: path)
      #expect(try await again.conversations.conversation("c") != nil)
      await again.close()
    }
  }

  @Test func `a missing folder is named with the fix`() async throws {
    try await withTemporaryDirectory { directory in
      let error = await failure(directory + "/none/state.db")
      #expect(error?.code == .unavailable)
      #expect(
        error?.message.contains("There is no folder '\(directory)/none': make it with 'mkdir -p'") == true)
      #expect(await failure(directory)?.message.contains("It is a folder") == true)
    }
  }

  @Test func `what is no state database stays as it is`() async throws {
    try await withTemporaryDirectory { directory in
      let text = directory + "/text.db"
      try write(String(repeating: "This is no database. ", count: 100), to: text)
      let other = directory + "/other.db"
      try Connection(path: other, mode: .create).execute("CREATE TABLE a (v)")
      let corpus = directory + "/corpus.db"
      try Connection(path: corpus, mode: .create).execute("PRAGMA application_id = 7; CREATE TABLE a (v)")
      for path in [text, other, corpus] {
        let error = await failure(path)
        #expect(error?.code == .incompatible)
        #expect(error?.message.contains("'\(path)' is not a state database") == true)
      }
      #expect(
        try Connection(path: other, mode: .readOnly).first("SELECT count(*) FROM a") { $0.integer(0) } == 0)
    }
  }

  @Test func `a newer version's file asks for an update`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/state.db"
      await (try State.sqlite(path: path)).close()
      try Connection(path: path, mode: .readWrite).execute("PRAGMA user_version = 99")
      let error = await failure(path)
      #expect(error?.code == .incompatible)
      #expect(error?.message.contains("newer version") == true && error?.message.contains("99") == true)
    }
  }

  @Test func `a full disk refuses what is too large, keeps the rest, and recovers`() async throws {
    try await withTemporaryDirectory { directory in
      let database = try SQLiteDatabase(path: directory + "/state.db")
      let state = State(database)
      _ = try await state.conversations.open(sampleConversation("c"))
      let pages = try await database.write { try $0.first("PRAGMA page_count") { $0.integer(0) } ?? 0 }
      try await database.write { session in try session.run("PRAGMA max_page_count = \(pages + 4)") }
      let large = StoredMessage(
        id: "large", role: .user, text: String(repeating: "x", count: 200_000), createdAt: moment(0))
      // Side by side, so that they are committed together.
      async let small: Void = state.conversations.append([sampleMessage("small")], to: "c")
      let error = await #expect(throws: StateError.self) {
        try await state.conversations.append([large], to: "c")
      }
      #expect(error?.code == .unavailable && error?.message.contains("the disk is full") == true)
      try await small
      #expect(try await state.conversations.messages(of: "c", last: nil).map(\.id) == ["small"])
      try await database.write { session in try session.run("PRAGMA max_page_count = 100000") }
      try await state.conversations.append([large], to: "c")
      #expect(try await state.conversations.messages(of: "c", last: nil).map(\.id) == ["small", "large"])
      await state.close()
    }
  }

  @Test func `what one write throws undoes that write alone`() async throws {
    struct Refusal: Error {}
    try await withTemporaryDirectory { directory in
      let database = try SQLiteDatabase(path: directory + "/state.db")
      let state = State(database)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            do {
              try await database.write { session in
                try session.run("INSERT INTO health VALUES ($1, '')", .text("\(number)"))
                if number % 3 == 0 { throw Refusal() }
              }
            } catch is Refusal {}
          }
        }
        try await group.waitForAll()
      }
      let kept = try await database.read { try $0.query("SELECT id FROM health") { Int($0.text(0)) ?? 0 } }
      #expect(kept.sorted() == (0..<100).filter { $0 % 3 != 0 })
      await state.close()
    }
  }

  @Test func `ten servers that start at once make one database`() async throws {
    try await withTemporaryDirectory { directory in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<10 {
          group.addTask {
            let state = try await State.sqlite(path: directory + "/state.db")
            try await state.records.add(sampleRecord("\(number)"))
            await state.close()
          }
        }
        try await group.waitForAll()
      }
      let state = try await State.sqlite(path: directory + "/state.db")
      #expect(try await state.records.count(RecordQuery(kind: "event")) == 10)
      await state.close()
    }
  }
}
