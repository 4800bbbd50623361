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

  @Test func removingTakesSourceNameOrFolder() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource([
        "/memory/a/1.md": "One.", "/memory/a/2.md": "Two.", "/memory/b.md": "Three.",
      ])
      let model = HashingEmbeddingModel()
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      #expect(try await corpus.remove("memory/b.md") == ["/memory/b.md"])
      #expect(try await corpus.remove("/memory/a/") == ["/memory/a/1.md", "/memory/a/2.md"])
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
