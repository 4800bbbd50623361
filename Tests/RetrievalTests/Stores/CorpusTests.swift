import FoundationEssentials
import Glibc
import SQLite
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CorpusTests {
  @Test func openingSaysWhatIsWrongAndWhatToDo() throws {
    try withTemporaryDirectory { directory in
      let missing = directory + "/none.db"
      let text = directory + "/text.db"
      try write("This is no database at all, it only has a name like one. It is long enough.", to: text)
      let foreign = directory + "/foreign.db"
      try Connection(path: foreign, mode: .create).execute("CREATE TABLE t (v)")
      let newer = directory + "/newer.db"
      _ = try Corpus(path: newer, access: .create)
      try Connection(path: newer, mode: .readWrite).execute("PRAGMA user_version = 99")
      let expected: [(String, CorpusError.Code, String)] = [
        (
          missing, .missing,
          "There is no corpus at '\(missing)'. Make one with 'ingest add PATH --db \(missing)'."
        ),
        (
          text, .notACorpus,
          "'\(text)' is not a Footnote corpus. Name another file with --db, or move this one away."
        ),
        (
          directory, .notACorpus, "'\(directory)' is a folder, and a corpus is a file. Name a file with --db."
        ),
        (
          foreign, .notACorpus,
          "'\(foreign)' is not a Footnote corpus. Name another file with --db, or move this one away."
        ),
        (
          newer, .newer,
          """
          Cannot open corpus '\(newer)': it was made by a newer version of Footnote (schema 99, this one knows \
          \(Schema.migrations.version)). Upgrade Footnote.
          """
        ),
      ]
      for (path, code, message) in expected {
        for access in [Corpus.Access.read, .write] {
          let error = try #require(throws: CorpusError.self) { try Corpus(path: path, access: access) }
          #expect(error.code == code)
          #expect(error.description == message)
        }
      }
      #expect(!FileAccess.exists(missing), "looking for a corpus does not make one")
      #expect(throws: CorpusError.self) { try Corpus(path: foreign, access: .create) }
    }
  }

  @Test func `a corpus that is just being made is waited for`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      for delay in [0, 30, 200] {
        try? FileManager.default.removeItem(atPath: path)
        // As far as somebody who makes one has come at first.
        try write("", to: path)
        let reading = Task.detached { try Corpus(path: path, access: .read) }
        try await Task.sleep(for: .milliseconds(delay))
        let made = try Corpus(path: path, access: .create)
        let read = try await reading.value
        #expect(try await read.generation == made.generation)
      }
    }
  }

  @Test func `one whose pages are damaged is not said to be something else`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      _ = try Corpus(path: path, access: .create)
      // A copy of the file without what its log held: fewer pages than its head says.
      #expect(truncate(path, 16384) == 0)
      let error = try #require(throws: CorpusError.self) { try Corpus(path: path, access: .read) }
      #expect(error.code == .damaged && error.description.contains("Restore a copy"))
    }
  }

  @Test func `one of an earlier version is whole in its file as soon as it is opened`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      let older = try Connection(path: path, mode: .create)
      try older.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
      try Schema.migrations.prefix(1).apply(to: older)
      let corpus = try Corpus(path: path, access: .read)
      #expect(FileAccess.size(path + "-wal") == 0)
      withExtendedLifetime((older, corpus)) {}
    }
  }

  @Test func `one notices that another file lies in its place`() throws {
    try withTemporaryDirectory { directory in
      let (path, other) = (directory + "/test.db", directory + "/other.db")
      let corpus = try Corpus(path: path, access: .create)
      _ = try Corpus(path: other, access: .create)
      #expect(!corpus.isReplaced)
      #expect(rename(other, path) == 0)
      #expect(corpus.isReplaced)
      #expect(unlink(path) == 0)
      #expect(corpus.isReplaced)
      #expect(try !Corpus(path: ":memory:", access: .create).isReplaced)
    }
  }

  @Test func `one that was begun and never finished is said to be empty, and is made by the next`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      try write("", to: path)
      let error = try #require(throws: CorpusError.self) { try Corpus(path: path, access: .read) }
      #expect(error.code == .missing && error.description.contains("is empty"))
      #expect(error.description.contains("'ingest add PATH --db \(path)'"))
      _ = try Corpus(path: path, access: .create)
      _ = try Corpus(path: path, access: .read)
    }
  }

  @Test(arguments: [0o000, 0o022, 0o077])
  func `nobody but its owner can read a new corpus, whatever the umask`(mask: UInt32) async throws {
    try await withTemporaryDirectory { directory in
      func permissions(_ path: String) -> UInt32 {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
      }
      let before = umask(mask)
      defer { umask(before) }
      let path = directory + "/test.db"
      let lock = try await IngestLock.acquire(for: path)
      let corpus = try Corpus(path: path, access: .create)
      try await corpus.set(["a": "1"], of: "b")
      for suffix in ["", "-wal", "-shm", "-lock"] {
        #expect(permissions(path + suffix) == 0o600, "\(suffix)")
      }
      withExtendedLifetime(lock) {}
      // Who shares it with a group shares its lock too.
      let shared = directory + "/shared.db"
      _ = try Corpus(path: shared, access: .create)
      chmod(shared, 0o660)
      umask(0)
      let groupLock = try await IngestLock.acquire(for: shared)
      #expect(permissions(shared + "-lock") == 0o660)
      withExtendedLifetime(groupLock) {}
    }
  }

  @Test func removingTakesSourceNameOrFolder() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource([
        "/memory/a/1.md": "One.", "/memory/a/2.md": "Two.", "/memory/b.md": "Three.",
      ])
      let model = HashingEmbeddingModel()
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      #expect(try await corpus.remove("memory/b.md").map(\.source) == ["/memory/b.md"])
      #expect(try await corpus.remove("/memory/a/").map(\.source) == ["/memory/a/1.md", "/memory/a/2.md"])
      let error = try await #require(throws: CorpusError.self) { try await corpus.remove("c.md") }
      #expect(error.code == .notFound)
      #expect(try await corpus.integrityProblems() == [])
    }
  }

  @Test func theCacheIsPrunedOnlyOfWhatNobodyNeeds() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(["/memory/a.md": "One.", "/memory/b.md": "Two."])
      let model = HashingEmbeddingModel()
      let indexer = Indexer(corpus: corpus, model: model, loader: source)
      _ = try await indexer.run(source.discovery)
      source["/memory/b.md"] = nil
      _ = try await indexer.run(source.discovery)
      #expect(try await corpus.pruneCache() == 1)
      #expect(try await corpus.chunksWithoutVector() == 0)
      source["/memory/b.md"] = "Two."
      #expect(try await indexer.run(source.discovery).embedded == 1)
    }
  }
}
