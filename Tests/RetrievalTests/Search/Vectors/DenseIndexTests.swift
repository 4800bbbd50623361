import Models
import Testing

@testable import Retrieval

@Suite struct DenseIndexTests {
  /// Codes from the first rows on, so that small samples are searched as large ones are.
  private func coded(_ vectors: VectorMemory = .full) -> DenseIndex.Options {
    DenseIndex.Options(vectors: vectors, codedRows: 100)
  }

  /// Enough that half of them are more than are scored one by one.
  private static let many = VectorSample.clustered.vectors(9000, dimensions: 64)

  /// How many of the true best were found; a row that scores as well as the worst of them counts as one.
  private func recall(_ hits: [DenseHit], of limit: Int, in truth: [Double]) -> Double {
    let best = truth.sorted(by: >).prefix(limit)
    guard let worst = best.last else { return 1 }
    return Double(hits.filter { truth[$0.chunk] >= worst - 1e-6 }.count) / Double(best.count)
  }

  private func expectExact(_ hits: [DenseHit], _ truth: [Double]) {
    for hit in hits { #expect(abs(Double(hit.score) - truth[hit.chunk]) < 2e-6) }
    for (left, right) in zip(hits, hits.dropFirst()) { #expect(!left.isWorse(than: right)) }
  }

  @Test(arguments: VectorSample.allCases, [VectorMemory.full, .compact])
  func theNearestAreFoundWhateverTheVectorsAreLike(sample: VectorSample, memory: VectorMemory) async throws {
    let vectors = sample.vectors(1500, dimensions: 128)
    let queries = sample.vectors(10, dimensions: 128, seed: 2)
    let index = DenseIndex.of(vectors, options: coded(memory))
    #expect(index.codes != nil && (index.segments[0].vectors == nil) == (memory == .compact))
    var total = 0.0
    for query in 0..<queries.count {
      let truth = vectors.products(queries[query])
      let hits = try await index.nearest(to: queries[query], limit: 10)
      #expect(hits.count == 10)
      expectExact(hits, truth)
      total += recall(hits, of: 10, in: truth)
    }
    #expect(total / Double(queries.count) >= 0.99)
  }

  @Test(arguments: [1, 7, 63, 64, 100, 383, 384, 1536, 3072])
  func anyNumberOfDimensionsWorks(dimensions: Int) async throws {
    let vectors = VectorSample.clustered.vectors(dimensions > 1000 ? 200 : 800, dimensions: dimensions)
    let queries = VectorSample.clustered.vectors(5, dimensions: dimensions, seed: 2)
    let index = DenseIndex.of(vectors, options: coded())
    #expect((index.codes != nil) == (dimensions >= 64))
    var total = 0.0
    for query in 0..<queries.count {
      let truth = vectors.products(queries[query])
      let hits = try await index.nearest(to: queries[query], limit: 10)
      expectExact(hits, truth)
      total += recall(hits, of: 10, in: truth)
    }
    #expect(total / Double(queries.count) >= 0.98)
  }

  @Test func whatTwoThreadsHaveReadIsOneIndex() async throws {
    let vectors = VectorSample.clustered.vectors(900, dimensions: 64)
    let index = DenseIndex.of(vectors, options: coded(), parts: 2)
    #expect(index.liveCount == 900 && index.segments.count == 2)
    for row in [0, 599, 600, 899] {
      let hits = try await index.nearest(to: vectors[row], limit: 10)
      #expect(hits.first?.chunk == row)
      expectExact(hits, vectors.products(vectors[row]))
    }
    #expect(try await index.nearest(to: vectors[0], limit: 2000).count == 900)
    #expect(index.rows(of: [0, 89]).count == 20)
    #expect(index.rows(ofChunks: [899, 0, 900]) == [VectorSegment.capacity + 299, 0, nil])
  }

  @Test func aSmallIndexIsComparedExactly() async throws {
    let vectors = VectorSample.random.vectors(1000, dimensions: 96)
    let queries = VectorSample.random.vectors(10, dimensions: 96, seed: 2)
    let index = DenseIndex.of(vectors)
    #expect(index.codes == nil)
    for query in 0..<queries.count {
      let truth = vectors.products(queries[query])
      #expect(recall(try await index.nearest(to: queries[query], limit: 50), of: 50, in: truth) == 1)
    }
  }

  @Test(arguments: [1, 3, 64])
  func severalQuestionsAtOnceAreAnsweredLikeOneByOne(count: Int) async throws {
    let vectors = VectorSample.clustered.vectors(1000, dimensions: 100)
    let queries = VectorSample.clustered.vectors(count, dimensions: 100, seed: 2)
    for inlineBytes in [Int.max, 0] {
      var options = coded()
      options.inlineBytes = inlineBytes
      let index = DenseIndex.of(vectors, options: options)
      let together = try await index.nearest(to: queries, limit: 10)
      #expect(together.count == count)
      for (query, hits) in together.enumerated() {
        let alone = try await index.nearest(to: queries[query], limit: 10)
        #expect(alone.map(\.score) == hits.map(\.score))
      }
    }
  }

  @Test(arguments: [0.5, 0.01, 0.002, 0], [VectorMemory.full, .compact])
  func filtersCountOnlyTheirRows(part: Double, memory: VectorMemory) async throws {
    let vectors = Self.many
    let queries = VectorSample.clustered.vectors(5, dimensions: 64, seed: 2)
    let index = DenseIndex.of(vectors, options: coded(memory))
    let documents = Set((0..<900).filter { Double($0 * 7 % 900) < part * 900 })
    let rows = index.rows(of: documents)
    #expect(rows.count == documents.count * 10)
    var total = 0.0
    for query in 0..<queries.count {
      let truth = vectors.products(queries[query]).enumerated().map { row, score in
        documents.contains(row / 10) ? score : -2
      }
      let hits = try await index.nearest(to: queries[query], limit: 10, rows: rows)
      #expect(hits.count == min(10, rows.count))
      #expect(hits.allSatisfy { documents.contains($0.chunk / 10) })
      total += documents.isEmpty ? 1 : recall(hits, of: 10, in: truth)
    }
    #expect(total / Double(queries.count) >= (memory == .full && part < 0.5 ? 1 : 0.99))
  }

  @Test func documentsWithAnyNumberCanBeFiltered() async throws {
    let vectors = VectorSample.random.vectors(50, dimensions: 8)
    let index = DenseIndex.of(vectors)
    #expect(index.rows(of: [3, .max]).count == 10)
    #expect(index.rows(of: [-5, 3]).count == 10)
  }

  @Test(arguments: [VectorMemory.full, .compact])
  func whatIsAddedAndRemovedIsSeenAtOnceAndByLaterIndexesOnly(memory: VectorMemory) async throws {
    let vectors = Self.many
    let first = DenseIndex.of(vectors, options: coded(memory))
    let query = vectors[17]
    let found = try await first.nearest(to: query, limit: 3)
    #expect(found[0].chunk == 17)
    let added = AddedVector(chunk: 9999, document: 900, embedding: 17, vector: Array(query))
    let second = first.changed(
      to: CorpusPosition(generation: 2, model: 1, change: 2), removed: [17], added: [added])
    #expect(
      try await second.nearest(to: query, limit: 3).map(\.chunk) == [9999] + found.dropFirst().map(\.chunk))
    #expect(try await first.nearest(to: query, limit: 3) == found)
    #expect(second.rows(ofChunks: [17, 9999, 18]) == [nil, 9000, 18])
    #expect(first.rows(ofChunks: [17, 9999]) == [17, nil])
    let scores = try await second.scores(of: [9999, 17], for: query)
    #expect(abs((scores[0] ?? 0) - 1) < 1e-6 && scores[1] == nil)
    let third = second.changed(
      to: CorpusPosition(generation: 3, model: 1, change: 3), removed: [9999], added: [])
    #expect(try await third.nearest(to: query, limit: 2).map(\.chunk) == found.dropFirst().map(\.chunk))
    #expect(third.liveCount == 8999)
  }

  @Test func anIndexThatGrowsIsCodedWhenItIsLargeEnough() async throws {
    let vectors = VectorSample.shifted.vectors(1000, dimensions: 64)
    var index = DenseIndex.of(EmbeddingMatrix(dimensions: 64), options: coded())
    var centers: Set<Int> = []
    for batch in 0..<20 {
      let added = (batch * 50..<batch * 50 + 50).map { row in
        AddedVector(chunk: row, document: row / 10, embedding: row, vector: Array(vectors[row]))
      }
      index = index.changed(
        to: CorpusPosition(generation: batch, model: 1, change: batch), removed: [], added: added)
      if let basis = index.codes?.basis { centers.insert(basis) }
      let last = batch * 50 + 49
      #expect(try await index.nearest(to: vectors[last], limit: 1).first?.chunk == last)
    }
    #expect(centers == [100, 400])
  }

  @Test func whatIsNoVectorOfTheIndexFindsNothing() async throws {
    let index = DenseIndex.of(VectorSample.random.vectors(200, dimensions: 64), options: coded())
    #expect(try await index.nearest(to: [1, 0], limit: 5).isEmpty)
    let broken = [Float](repeating: .nan, count: 64)
    #expect(try await index.nearest(to: broken[...], limit: 5).isEmpty)
    let infinite = [Float](repeating: .infinity, count: 64)
    _ = try await index.nearest(to: infinite[...], limit: 5)
    let query = VectorSample.random.vectors(1, dimensions: 64, seed: 2)[0]
    #expect(try await index.nearest(to: query, limit: 5000).count == 200)
    #expect(try await index.nearest(to: query, limit: 0).isEmpty)
  }
}
