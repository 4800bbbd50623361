import Glibc
import TestSupport
import Testing

@testable import Retrieval

/// What is not the same for every store; that is in `CorpusContractTests`.
@Suite struct IndexerTests {
  let model = HashingEmbeddingModel()
  let source = MemorySource([
    "/memory/a.md": "# Arms\n\nArms have elbows.", "/memory/b.md": "Legs have knees.",
    "/memory/c.md": "Heads have eyes.",
  ])

  private func run(
    _ corpus: Corpus, _ discovery: Discovery? = nil, options: IndexingOptions = IndexingOptions()
  ) async throws -> IndexingSummary {
    try await Indexer(corpus: corpus, model: model, loader: source, options: options)
      .run(discovery ?? source.discovery)
  }

  private func withCorpus(_ body: (Corpus) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await body(try Corpus(path: directory + "/test.db", access: .create))
    }
  }

  @Test func documentsOutsideTheRootsStay() async throws {
    try await withCorpus { corpus in
      _ = try await run(corpus)
      let one = Discovery(files: [SourceFile(source: "/memory/a.md", name: "a.md")])
      #expect(try await run(corpus, one).documents == IndexingSummary.Documents(unchanged: 1))
      #expect(try await corpus.documents().count == 3)
    }
  }

  @Test func aFileThatExistsButIsNotListedIsNotRemoved() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/kept.md"
      try write("Kept.", to: path)
      source[path] = "Kept."
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      _ = try await run(corpus)
      let none = Discovery(roots: [directory + "/"])
      #expect(try await run(corpus, none).documents.removed == 0)
    }
  }

  @Test func whatCannotBeLookedAtIsNotTakenForGone() async throws {
    try await withTemporaryDirectory { directory in
      let folder = directory + "/docs"
      try write("Arms have elbows.", to: folder + "/sub/a.md")
      try write("Legs have knees.", to: folder + "/b.md")
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let indexer = Indexer(corpus: corpus, model: model, loader: DocumentReader())
      _ = try await indexer.run(.walk([folder]))
      // A folder that nobody may enter, and that root may not either: a link that leads to itself.
      #expect(rename(folder + "/sub", folder + "/away") == 0)
      #expect(symlink("sub", folder + "/sub") == 0)
      #expect(try await indexer.run(.walk([folder])).documents.removed == 0)
      #expect(unlink(folder + "/sub") == 0)
      _ = try await indexer.run(.walk([folder]))
      #expect(try await corpus.documents().map(\.name) == ["docs/away/a.md", "docs/b.md"])
    }
  }

  @Test func aMemberThatHasLeftItsArchiveIsRemoved() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let archive = directory + "/docs.zip"
      try write("zip", to: archive)
      source[archive] = "zip:one.md,two.md"
      source[archive + "!/one.md"] = "One."
      source[archive + "!/two.md"] = "Two."
      let discovery = Discovery(files: [SourceFile(source: archive, name: "docs.zip")])
      #expect(try await run(corpus, discovery).documents.added == 2)
      source[archive] = "zip:two.md"
      #expect(
        try await run(corpus, discovery).documents == IndexingSummary.Documents(unchanged: 1, removed: 1))
    }
  }

  @Test func equalTextsAreEmbeddedOnce() async throws {
    try await withCorpus { corpus in
      for name in ["x", "y", "z"] { source["/memory/\(name).md"] = "# Same\n\nThe same text." }
      let summary = try await run(corpus)
      #expect(summary.chunks == 6 && summary.embedded == 4 && summary.cached == 2)
      #expect(Set(model.embedded).count == model.embedded.count)
    }
  }

  @Test func anotherModelIsRefusedWithTheCommandThatHelps() async throws {
    try await withCorpus { corpus in
      _ = try await run(corpus)
      let other = HashingEmbeddingModel(name: "other", dimensions: 32)
      let error = try await #require(throws: CorpusError.self) {
        try await Indexer(corpus: corpus, model: other, loader: source).run(source.discovery)
      }
      #expect(error.code == .otherModel)
      #expect(
        error.description == """
          Cannot use corpus '\(corpus.path)': it was embedded with test/hashing (64 values, mean, f32) and \
          the model in use is test/other (32 values, mean, f32). Run 'ingest reembed --model other --db \(corpus.path)' to change the \
          corpus, or choose its model with --model hashing.
          """)
    }
  }

  @Test func aFullDiskLeavesWhatWasCommitted() async throws {
    try await withCorpus { corpus in
      _ = try await run(corpus)
      try await corpus.limitPages()
      source["/memory/large.md"] = (1...400).map { "# Part \($0)\n\nText \($0)." }.joined(separator: "\n\n")
      let error = try await #require(throws: CorpusError.self) { try await run(corpus) }
      #expect(error.code == .full)
      let reopened = try Corpus(path: corpus.path, access: .read)
      #expect(try await reopened.documents().count == 3)
      #expect(try await reopened.integrityProblems() == [])
      _ = try await run(try Corpus(path: corpus.path, access: .write))
      #expect(try await reopened.documents().count == 4)
    }
  }

  @Test func aCancelledRunSaysWhatIsDone() async throws {
    try await withCorpus { corpus in
      let summary = try await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await run(corpus)
      }.value
      #expect(summary.interrupted)
      #expect(summary.documents.added == 0)
      #expect(try await run(corpus).documents.added == 3)
    }
  }

  @Test func theSecondWriterWaitsOrIsToldWhoHoldsTheLock() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      var first: IngestLock? = try await IngestLock.acquire(for: path)
      let error = try await #require(throws: CorpusError.self) {
        try await IngestLock.acquire(for: path, waits: false)
      }
      #expect(error.code == .locked)
      #expect(error.description.contains("is being written by process "))
      let waited = Task { try await IngestLock.acquire(for: path) }
      #expect(first != nil)
      first = nil
      _ = try await waited.value
    }
  }
}

extension Corpus {
  /// Lets the file grow no further.
  fileprivate func limitPages() throws {
    try connection.forEach("PRAGMA max_page_count = 1") { _ in }
  }
}
