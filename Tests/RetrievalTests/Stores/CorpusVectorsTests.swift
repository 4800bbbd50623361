import Models
import SQLite
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CorpusVectorsTests {
  let model = HashingEmbeddingModel(dimensions: 64)

  private func withCorpus(_ body: (Corpus, MemorySource) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await body(try Corpus(path: directory + "/test.db", access: .create), MemorySource([:]))
    }
  }

  private func ingest(_ source: MemorySource, into corpus: Corpus) async throws {
    _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
  }

  /// All chunks that an index finds, best first.
  private func everything(_ index: DenseIndex) async throws -> [Int] {
    let query = try await model.embed(["joint arm leg"], as: .query)[0]
    return try await index.nearest(to: query, limit: 10_000).map(\.chunk)
  }

  @Test(arguments: [1, 2, 3])
  func followingChangesGivesWhatLoadingAnewGives(seed: UInt64) async throws {
    var random = SeededGenerator(seed)
    let words = ["arm", "leg", "joint", "eye", "gear", "foot", "hand", "motor"]
    try await withCorpus { corpus, source in
      for number in 0..<60 { source["/memory/\(number).md"] = "# \(number)\n\nA first text." }
      try await ingest(source, into: corpus)
      let options = DenseIndex.Options(codedRows: 64)
      var index = try await corpus.denseIndex(options: options)
      var followed = 0
      for step in 0..<12 {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let name = "/memory/\(Int.random(in: 0..<70, using: &random)).md"
          let parts = (0..<Int.random(in: 0...3, using: &random)).map { part in
            "# Part \(part)\n\n\((0..<4).compactMap { _ in words.randomElement(using: &random) }.joined(separator: " "))"
          }
          source[name] = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
        }
        try await ingest(source, into: corpus)
        let chunkRows = ObjectIdentifier(index.chunkRows)
        index = try await corpus.denseIndex(after: index, options: options)
        if ObjectIdentifier(index.chunkRows) == chunkRows { followed += 1 }
        let fresh = try await corpus.denseIndex(options: options)
        #expect(try await everything(index) == everything(fresh), "after step \(step)")
        #expect(index.position == fresh.position && index.missing == fresh.missing)
      }
      #expect(followed == 12, "small changes are followed, not loaded anew")
    }
  }

  @Test func anIndexTooFarBehindIsLoadedAnew() async throws {
    try await withCorpus { corpus, source in
      source["/memory/a.md"] = "One."
      try await ingest(source, into: corpus)
      let old = try await corpus.denseIndex()
      source["/memory/b.md"] = "Two."
      try await ingest(source, into: corpus)
      try await corpus.forgetAllChanges()
      let index = try await corpus.denseIndex(after: old)
      #expect(index.chunkRows !== old.chunkRows)
      #expect(try await everything(index).count == 2)
      source["/memory/c.md"] = "Three."
      try await ingest(source, into: corpus)
      #expect(try await everything(corpus.denseIndex(after: index)).count == 3)
    }
  }

  @Test func anotherModelsVectorsAreLoadedAnew() async throws {
    try await withCorpus { corpus, source in
      source["/memory/a.md"] = "One."
      try await ingest(source, into: corpus)
      let old = try await corpus.denseIndex()
      let other = EmbeddingFingerprint(
        provider: "test", model: "other", dimensions: 3, pooling: "mean", precision: "f32")
      try await corpus.swap(to: other, vector: [0, 1, 0])
      let index = try await corpus.denseIndex(after: old)
      #expect(index.dimensions == 3 && index.liveCount == 1)
      #expect(try await index.nearest(to: [0, 1, 0], limit: 1).first?.score == 1)
    }
  }

  @Test func aVectorThatComesLateIsFoundWithTheNextGeneration() async throws {
    try await withCorpus { corpus, source in
      source["/memory/a.md"] = "One."
      source["/memory/b.md"] = "Two."
      try await ingest(source, into: corpus)
      let kept = try await corpus.takeVector()
      let index = try await corpus.denseIndex()
      #expect(index.liveCount == 1 && index.missing.count == 1)
      try await corpus.putBack(kept)
      let next = try await corpus.denseIndex(after: index)
      #expect(next.liveCount == 2 && next.missing.isEmpty)
      #expect(next.chunkRows === index.chunkRows)
    }
  }

  @Test func equalTextsShareAVectorAndAreBothFound() async throws {
    try await withCorpus { corpus, source in
      source["/memory/a.md"] = "The same text."
      source["/memory/b.md"] = "The same text."
      try await ingest(source, into: corpus)
      #expect(try await everything(corpus.denseIndex()).count == 2)
    }
  }

  @Test func twoThreadsReadWhatOneReads() async throws {
    try await withCorpus { corpus, source in
      for number in 0..<40 { source["/memory/\(number).md"] = "Text \(number)." }
      try await ingest(source, into: corpus)
      let ids = try await corpus.vectorsByTwoThreads()
      #expect(ids.count == 2 && !ids.contains { $0.isEmpty })
      #expect(ids.joined().sorted() == (try await everything(corpus.denseIndex())).sorted())
    }
  }
}

extension Corpus {
  fileprivate func forgetAllChanges() throws {
    try write { try connection.execute("DELETE FROM chunk_changes") }
  }

  /// Makes another model the corpus's own, with the same vector for every chunk.
  fileprivate func swap(to fingerprint: EmbeddingFingerprint, vector: [Float]) throws {
    let hashes = try connection.query("SELECT hash FROM chunks") { $0.blob(0) }
    let model = try write { try register(fingerprint) }
    let values = hashes.flatMap { _ in vector }
    try addEmbeddings(hashes, EmbeddingMatrix(dimensions: vector.count, values: values), model: model)
    try write { try set("model", String(model)) }
  }

  fileprivate func takeVector() throws -> [UInt8] {
    let hash = try connection.query("SELECT hash FROM embeddings ORDER BY id LIMIT 1") { $0.blob(0) }
    try write {
      try connection.run("INSERT INTO models (id, fingerprint) SELECT -id, 'aside' FROM models LIMIT 1")
      try connection.run("UPDATE embeddings SET model_id = -model_id WHERE hash = ?", .blob(hash[0]))
    }
    return hash[0]
  }

  fileprivate func putBack(_ hash: [UInt8]) throws {
    try write { try connection.run("UPDATE embeddings SET model_id = -model_id WHERE hash = ?", .blob(hash)) }
  }

  fileprivate func vectorsByTwoThreads() throws -> [[Int]] {
    let builder = IndexBuilder(
      dimensions: 64, capacity: 100, sample: [], options: DenseIndex.Options(), pool: ScanPool())
    let model = try model(named: "model")?.id ?? 0
    return try VectorReading(model: model, dimensions: 64, chunks: try chunkVectors())
      .parts([0...20, 21...1000], of: builder, path: path).map(\.chunks)
  }
}
