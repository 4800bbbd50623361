import Glibc
import Models
import SQLite
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CorpusCodesTests {
  private let model = HashingEmbeddingModel(dimensions: 64)
  /// Codes are kept from 64 rows on. So few dimensions need a wide margin for all neighbours to be found.
  private let options = DenseIndex.Options(confidence: 8, codedRows: 8)
  private var compact: DenseIndex.Options {
    DenseIndex.Options(vectors: .compact, confidence: 8, codedRows: 8)
  }

  private func withCorpus(
    documents: Int = 120, _ body: (Corpus, MemorySource) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource([:])
      for number in 0..<documents { source["/memory/\(number).md"] = text(number) }
      try await ingest(source, into: corpus)
      try await body(corpus, source)
    }
  }

  private func text(_ number: Int) -> String {
    let words = ["arm", "leg", "joint", "eye", "gear", "foot", "hand", "motor"]
    return (0..<6).map { words[(number * 31 + $0 * ($0 + number)) % 8] }.joined(separator: " ")
      + " \(number / 2)"
  }

  private func ingest(_ source: MemorySource, into corpus: Corpus) async throws {
    _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
  }

  /// The nearest chunks and their cosines for some questions.
  private func nearest(_ index: DenseIndex) async throws -> [[DenseHit]] {
    try await index.nearest(to: model.embed(["joint arm", "leg 7", "motor eye hand"], as: .query), limit: 20)
  }

  private func expectEqual(_ index: DenseIndex, _ other: DenseIndex) async throws {
    let (left, right) = (try await nearest(index), try await nearest(other))
    #expect(left.map { $0.map(\.chunk) } == right.map { $0.map(\.chunk) })
    #expect(zip(left.joined(), right.joined()).allSatisfy { abs($0.score - $1.score) < 1e-6 })
    #expect(index.position == other.position && index.liveCount == other.liveCount)
  }

  @Test func anIndexOpenedFromKeptCodesFindsWhatOneOfAllVectorsFinds() async throws {
    try await withCorpus { corpus, source in
      let fresh = try await corpus.denseIndex(options: options)
      try await corpus.saveCodes(options: options)
      let opened = try await corpus.denseIndex(options: compact)
      #expect(opened.codes?.basis == 120 && !opened.residency.isPlanned)
      try await expectEqual(opened, fresh)

      // What comes and goes afterwards is followed.
      source["/memory/3.md"] = "A gear that is new."
      source["/memory/4.md"] = nil
      source["/memory/new.md"] = "joint arm joint"
      try await ingest(source, into: corpus)
      let changed = try await corpus.denseIndex(options: compact)
      #expect(changed.codes?.basis == 120 && changed.count == 122)
      try await corpus.dropCodes()
      try await expectEqual(changed, corpus.denseIndex(options: options))
    }
  }

  @Test func vectorsAreFilledInWhileTheIndexIsSearchedAndChanges() async throws {
    try await withCorpus { corpus, source in
      try await corpus.saveCodes(options: options)
      source["/memory/early.md"] = "joint arm joint"
      try await ingest(source, into: corpus)
      let opened = try await corpus.denseIndex(options: options)
      #expect(opened.residency.isPlanned && !opened.residency.isComplete)
      source["/memory/late.md"] = "leg 7 leg"
      source["/memory/5.md"] = nil
      try await ingest(source, into: corpus)
      let changed = try await corpus.denseIndex(after: opened, options: options)
      #expect(changed.residency === opened.residency)
      let before = try await nearest(changed)
      try await VectorFiller(corpus: corpus, index: opened).fill()
      #expect(changed.residency.isComplete)
      let after = try await nearest(changed)
      #expect(before.map { $0.map(\.chunk) } == after.map { $0.map(\.chunk) })
      try await corpus.dropCodes()
      try await expectEqual(changed, corpus.denseIndex(options: options))
      let query = try await model.embed(["motor"], as: .query)[0]
      let chunks = (0..<130).map { $0 }
      let scores = try await changed.scores(of: chunks, for: query)
      #expect(scores == (try await corpus.denseIndex(options: options).scores(of: chunks, for: query)))
    }
  }

  @Test func vectorsAreNotFilledInFromAFileThatHasTakenThePlaceOfTheCorpus() async throws {
    try await withCorpus { corpus, _ in
      try await corpus.saveCodes(options: options)
      let opened = try await corpus.denseIndex(options: options)
      let before = try await nearest(opened)
      #expect(try await corpus.backUp(to: corpus.path + ".new") > 0)
      #expect(rename(corpus.path + ".new", corpus.path) == 0)
      try await VectorFiller(corpus: corpus, index: opened).fill()
      #expect(!opened.residency.isComplete)
      #expect(try await nearest(opened) == before)
    }
  }

  @Test func codesAreMadeAnewOnlyAfterManyChanges() async throws {
    try await withCorpus { corpus, source in
      try await corpus.saveCodes(options: options)
      let first = try await corpus.codeSets()
      #expect(first.count == 1)
      source["/memory/new.md"] = "One more."
      try await ingest(source, into: corpus)
      try await corpus.saveCodes(options: options)
      #expect(try await corpus.codeSets() == first)
      for number in 0..<80 { source["/memory/more\(number).md"] = "More \(number)." }
      try await ingest(source, into: corpus)
      try await corpus.saveCodes(options: options)
      let second = try await corpus.codeSets()
      #expect(second.count == 1 && second != first)
      #expect(try await corpus.denseIndex(options: options).codes?.basis == 201)
      for number in 0..<120 { source["/memory/\(number).md"] = nil }
      for number in 0..<40 { source["/memory/more\(number).md"] = nil }
      try await ingest(source, into: corpus)
      try await corpus.saveCodes(options: options)
      #expect(try await corpus.codeSets().isEmpty, "a small corpus needs none")
    }
  }

  @Test(arguments: [
    "UPDATE code_pieces SET data = zeroblob(length(data))",
    "UPDATE code_pieces SET data = substr(data, 2)",
    "UPDATE code_sets SET format = format + 1",
    "UPDATE code_sets SET row_count = NULL",
    "UPDATE code_sets SET row_count = row_count + 1",
    "UPDATE code_sets SET center = zeroblob(12)",
    "DELETE FROM code_pieces",
    "DELETE FROM chunk_changes",
  ])
  func codesThatAreDamagedOrOfAnotherTimeAreLeftAlone(damage: String) async throws {
    try await withCorpus { corpus, source in
      try await corpus.saveCodes(options: options)
      if damage.contains("chunk_changes") {
        source["/memory/new.md"] = "One more."
        try await ingest(source, into: corpus)
      }
      try await corpus.run(damage)
      let index = try await corpus.denseIndex(options: options)
      #expect(index.residency.isComplete, "all vectors were read")
      #expect(index.liveCount == source.discovery.files.count)
    }
  }

  @Test func whatARunThatWasKilledHasLeftIsCleared() async throws {
    try await withCorpus { corpus, _ in
      try await corpus.run(
        "INSERT INTO code_sets (id, model_id, format, change, center) SELECT 7, id, 1, 0, x'' FROM models")
      try await corpus.run(
        "INSERT INTO code_pieces (set_id, number, checksum, data) VALUES (7, 0, 0, x'00')")
      #expect(try await corpus.denseIndex(options: options).residency.isComplete)
      try await corpus.saveCodes(options: options)
      #expect(try await corpus.codeSets() == [8])
      #expect(try await corpus.denseIndex(options: options).residency.isComplete == false)
    }
  }
}

extension Corpus {
  fileprivate func run(_ sql: String) throws {
    try connection.execute("PRAGMA foreign_keys = OFF")
    try connection.execute(sql)
    try connection.execute("PRAGMA foreign_keys = ON")
  }

  fileprivate func dropCodes() throws { try run("DELETE FROM code_pieces; DELETE FROM code_sets") }

  fileprivate func codeSets() throws -> [Int] {
    try connection.query("SELECT id FROM code_sets ORDER BY id") { $0.integer(0) }
  }
}

extension CorpusCodesTests {
  @Test func `a small corpus takes no lock to keep nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      let corpus = try Corpus(path: path, access: .create)
      let writer = try Connection(path: path, mode: .readWrite)
      try writer.execute("BEGIN IMMEDIATE")
      let start = ContinuousClock.now
      try await corpus.saveCodes()
      #expect(.now - start < .seconds(5), "it would wait ten seconds for the writer, and fail")
      try writer.execute("ROLLBACK")
    }
  }
}
