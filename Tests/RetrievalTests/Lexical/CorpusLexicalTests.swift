import SQLite
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CorpusLexicalTests {
  private func withCorpus(_ body: (Corpus) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await body(try Corpus(path: directory + "/test.db", access: .create))
    }
  }

  private func indexed(_ name: String, _ texts: [String]) -> IndexedDocument {
    var builder = DocumentBuilder()
    for text in texts { builder.append(.paragraph, text[...]) }
    let chunks = texts.enumerated().map { number, text in
      Chunk(
        ordinal: number, range: number..<number + 1, text: text, headingPath: [], header: name, page: nil,
        anchor: nil, tokens: 1)
    }
    return IndexedDocument(
      collection: "c", source: "/" + name, name: name, size: 1, modified: nil, hash: ContentHash(of: name),
      recipe: "", tags: [], document: builder.build(), chunks: chunks,
      hashes: chunks.map { ContentHash(of: $0.text).short })
  }

  private func check(_ corpus: Corpus, _ index: LexicalIndex, _ random: inout SeededGenerator) async throws {
    let chunks = try await corpus.storedChunks()
    #expect(index.count == chunks.count)
    let reference = ReferenceBM25(chunks)
    for _ in 0..<4 {
      let terms = (0..<4).map { _ in "w\(Int.random(in: 0..<50, using: &random))" }
      let unique = Array(Set(terms))
      let expected = reference.ranking(unique).prefix(10)
      #expect(index.search(terms: unique, limit: 10, filter: nil, function: BM25()) == Array(expected))
    }
  }

  @Test func writesUpdatesAndRemovalsAreWhatAReaderSearches() async throws {
    try await withCorpus { corpus in
      var random = SeededGenerator(2)
      let reader = try Corpus(path: corpus.path, access: .read)
      var index = try await reader.lexicalIndex()
      #expect(index.count == 0)
      for round in 0..<30 {
        let documents = (0..<Int.random(in: 1...6, using: &random)).map { _ in
          indexed(
            "d\(Int.random(in: 0..<60, using: &random))",
            (0..<Int.random(in: 1...8, using: &random)).map { _ in
              (0..<Int.random(in: 1...10, using: &random)).map { _ in
                "w\(Int.random(in: 0..<50, using: &random))"
              }
              .joined(separator: " ")
            })
        }
        try await corpus.replace(documents)
        if round % 7 == 3 {
          let stored = try await corpus.documents().map(\.id)
          try await corpus.remove(Array(stored.shuffled(using: &random).prefix(10)))
        }
        index = try await reader.lexicalIndex(after: index)
        try await check(corpus, index, &random)
      }
      let problems = try await corpus.integrityProblems()
      #expect(problems == [])
      #expect(try await corpus.count("lexical_segments") < 16)
      try await corpus.rebuildLexicalIndex()
      try await check(corpus, try await reader.lexicalIndex(after: index), &random)
    }
  }

  @Test func aReaderLoadsOnlyNewSegments() async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["one two three"])])
      let first = try await corpus.lexicalIndex()
      try await corpus.replace([indexed("b", ["four five six"])])
      let second = try await corpus.lexicalIndex(after: first)
      #expect(second.parts.count == 2)
      #expect(second.parts.contains { $0.segment === first.parts[0].segment })
      #expect(try await corpus.lexicalIndex(after: second).generation == second.generation)
    }
  }

  @Test func manySmallWritesStayFewSegmentsAndAreNotAllRewritten() async throws {
    try await withCorpus { corpus in
      for number in 0..<100 { try await corpus.replace([indexed("d\(number)", ["common word\(number)"])]) }
      #expect(try await corpus.count("lexical_segments") < 16)
      let index = try await corpus.lexicalIndex()
      #expect(index.count == 100 && index.documentFrequency(of: "common") == 100)
      #expect(index.documentFrequency(of: "word7") == 1)
    }
  }

  @Test func aSourceTwiceInOneTransactionIsIndexedOnce() async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["one", "two"]), indexed("a", ["three", "four", "five"])])
      let index = try await corpus.lexicalIndex()
      #expect(index.count == 3 && index.documentFrequency(of: "one") == 0)
      #expect(try await corpus.integrityProblems() == [])
    }
  }

  @Test func whatIsRolledBackIsNotIndexed() async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["one"])])
      let generation = try await corpus.generation
      await #expect(throws: CancellationError.self) {
        try await corpus.failAfterReplacing(indexed("b", ["two"]))
      }
      #expect(try await corpus.generation == generation)
      #expect(try await corpus.lexicalIndex().documentFrequency(of: "two") == 0)
      #expect(try await corpus.integrityProblems() == [])
    }
  }

  @Test(arguments: [
    ("DELETE FROM chunks WHERE text = 'two'", "the lexical index holds 1 chunks that do not exist"),
    (
      "UPDATE chunks SET text = 'one more word' WHERE text = 'one'",
      "the lexical index holds other text of 1 chunks"
    ),
    (
      "INSERT INTO lexical_deletions VALUES (1, 0, x'03'); UPDATE lexical_segments SET deleted = 2",
      "the lexical index lacks 2 of 3 chunks"
    ),
  ])
  func anIndexThatDiffersIsReportedAndRebuilt(sql: String, problem: String) async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["one", "two", "three"])])
      try await corpus.execute(sql)
      #expect(try await corpus.integrityProblems() == [problem])
      try await corpus.rebuildLexicalIndex()
      #expect(try await corpus.integrityProblems() == [])
    }
  }

  @Test(arguments: [
    "UPDATE lexical_pieces SET data = CAST(x'07' || substr(data, 2) AS BLOB) WHERE number = 1",
    "UPDATE lexical_pieces SET data = substr(data, 2) WHERE number = 0",
    "DELETE FROM lexical_pieces", "UPDATE lexical_segments SET size = 10",
    "UPDATE lexical_segments SET size = -1",
    "UPDATE lexical_segments SET checksum = 0",
  ])
  func aDamagedIndexIsAnErrorThatSaysWhatToDo(sql: String) async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["one", "two", "three"])])
      try await corpus.execute(sql)
      let error = try await #require(throws: CorpusError.self) { try await corpus.lexicalIndex() }
      #expect(error.code == .damaged && error.description.contains("ingest doctor --db \(corpus.path)"))
      #expect(try await corpus.integrityProblems() == [error.description])
      try await corpus.rebuildLexicalIndex()
      #expect(try await corpus.lexicalIndex().count == 3)
    }
  }

  @Test(arguments: [false, true])
  func anIndexOfEarlierRulesIsBuiltAgain(byWriting: Bool) async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["Æther running", "two"])])
      // As an earlier version left it: other terms, kept under other rules.
      try await corpus.execute(
        """
        UPDATE settings SET value = '1;none;0' WHERE key = 'lexical';
        DELETE FROM lexical_deletions; DELETE FROM lexical_pieces; DELETE FROM lexical_segments
        """)
      if byWriting { try await corpus.replace([indexed("b", ["three"])]) }
      let index = try await corpus.lexicalIndex()
      #expect(index.count == (byWriting ? 3 : 2) && index.documentFrequency(of: "aether") == 1)
      #expect(index.options == LexicalOptions(stemming: .none, headerWeight: 0), "in the way that was chosen")
      #expect(try await corpus.integrityProblems() == [])
      let path = corpus.path
      try await corpus.execute("UPDATE settings SET value = '1;none;0' WHERE key = 'lexical'")
      try await corpus.checkpoint()
      let problems = try await Corpus(path: path, access: .read).integrityProblems()
      #expect(problems == [], "who opens it to look builds it again too")
    }
  }

  @Test func theCorpusSaysHowItsIndexIsMade() async throws {
    try await withCorpus { corpus in
      try await corpus.replace([indexed("a", ["running"])])
      #expect(try await corpus.lexicalOptions == LexicalOptions())
      #expect(try await corpus.lexicalIndex().documentFrequency(of: "run") == 1)
      try await corpus.setLexicalOptions(LexicalOptions(stemming: .none, headerWeight: 0))
      let index = try await corpus.lexicalIndex()
      #expect(index.documentFrequency(of: "run") == 0 && index.documentFrequency(of: "running") == 1)
      #expect(index.documentFrequency(of: "a") == 0, "the header is left out")
      #expect(try await corpus.integrityProblems() == [])
      try await corpus.execute("UPDATE settings SET value = '99;latin;x' WHERE key = 'lexical'")
      let error = try await #require(throws: CorpusError.self) { try await corpus.lexicalIndex() }
      #expect(error.code == .newer)
      try await corpus.rebuildLexicalIndex()
      #expect(try await corpus.lexicalIndex().options == LexicalOptions())
    }
  }
}

extension Corpus {
  fileprivate func storedChunks() throws -> [ReferenceBM25.Chunk] {
    try connection.query("SELECT id, document_id, header, text FROM chunks ORDER BY id") {
      ReferenceBM25.Chunk(row: $0.integer(0), document: $0.integer(1), header: $0.text(2), text: $0.text(3))
    }
  }

  fileprivate func count(_ table: String) throws -> Int {
    try connection.first("SELECT count(*) FROM \(table)") { $0.integer(0) } ?? 0
  }

  fileprivate func execute(_ sql: String) throws { try connection.execute(sql) }

  fileprivate func failAfterReplacing(_ document: IndexedDocument) throws {
    try write {
      var change = LexicalChange()
      try connection.run(
        "INSERT INTO documents (collection, source, name, text, hash, recipe, size, status, added_at, updated_at) "
          + "VALUES ('c', 's', 'n', '', x'', '', 0, 'ready', 0, 0)")
      change.add(row: 1000, LexicalChange.Added(document: 1, header: "", text: document.chunks[0].text))
      try apply(change)
      throw CancellationError()
    }
  }
}
