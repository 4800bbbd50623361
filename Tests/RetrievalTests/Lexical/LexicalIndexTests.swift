import TestSupport
import Testing

@testable import Retrieval

@Suite struct LexicalIndexTests {
  typealias Chunk = ReferenceBM25.Chunk

  /// Chunks of words whose frequencies fall like those of a language.
  private func chunks(
    _ count: Int, words: Int, longest: Int, _ random: inout SeededGenerator, from row: Int = 1
  ) -> [Chunk] {
    (0..<count).map { number in
      func text(_ length: Int) -> String {
        (0..<length).map { _ in
          "w\(Int(Double(words) * Double.random(in: 0..<1, using: &random) * Double.random(in: 0..<1, using: &random)))"
        }.joined(separator: " ")
      }
      return Chunk(
        row: row + number, document: (row + number) / 3, header: text(Int.random(in: 0...3, using: &random)),
        text: text(Int.random(in: 0...longest, using: &random)))
    }
  }

  private func segment(_ chunks: [Chunk], id: Int, options: LexicalOptions = LexicalOptions()) throws
    -> LexicalSegment
  {
    var builder = SegmentBuilder(options)
    for chunk in chunks {
      builder.add(row: chunk.row, document: chunk.document, header: chunk.header, text: chunk.text)
    }
    return try #require(builder.finish().loaded(id: id))
  }

  private func index(
    _ segments: [[Chunk]], removed: Set<Int> = [], options: LexicalOptions = LexicalOptions()
  ) throws -> LexicalIndex {
    let parts = try segments.enumerated().map { number, chunks in
      let segment = try segment(chunks, id: number, options: options)
      var deletions = Deletions()
      for (place, chunk) in chunks.enumerated() where removed.contains(chunk.row) {
        deletions.insert(place, of: segment)
      }
      return LexicalIndex.Part(segment: segment, deletions: deletions)
    }
    return LexicalIndex(generation: 1, options: options, parts: parts)
  }

  private func query(_ words: Int, _ random: inout SeededGenerator) -> [String] {
    let terms = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      "w\(Int.random(in: 0..<words, using: &random))"
    }
    return Array(Set(terms)).sorted()
  }

  /// Size of the vocabulary decides how dense the lists are: blocks, runs, and lists of one.
  @Test(arguments: [(400, 6), (700, 40), (1200, 900)])
  func theBestAreThoseOfBM25WorkedOutChunkByChunk(size: (chunks: Int, words: Int)) throws {
    var random = SeededGenerator(UInt64(size.chunks))
    let options = LexicalOptions(headerWeight: 3)
    let all = chunks(size.chunks, words: size.words, longest: 30, &random)
    let whole = ReferenceBM25(all, options: options)
    var segments: [[Chunk]] = []
    var rest = all[...]
    while !rest.isEmpty {
      segments.append(Array(rest.prefix(Int.random(in: 1...(3 * all.count / 4), using: &random))))
      rest = rest.dropFirst(segments.last?.count ?? 0)
    }
    for share in [0.0, 0.05, 0.6] {
      let removed = Set(all.map(\.row).filter { _ in Double.random(in: 0..<1, using: &random) < share })
      let index = try index(segments, removed: removed, options: options)
      let reference = ReferenceBM25(whole, without: removed)
      #expect(index.count == all.count - removed.count)
      for function in [BM25(), BM25(k1: 2, b: 0), BM25(k1: 0.4, b: 1), BM25(k1: 0)] {
        let terms = query(size.words, &random)
        let expected = reference.ranking(terms, function: function)
        for limit in [1, 10, 100, 5000] {
          let found = index.search(terms: terms, limit: limit, filter: nil, function: function)
          #expect(found == Array(expected.prefix(limit)), "\(terms), the best \(limit)")
        }
        try check(index, terms, expected, function, all.map(\.row), &random)
        for term in terms { #expect(index.documentFrequency(of: term) == reference.frequency(of: term)) }
      }
    }
  }

  private func check(
    _ index: LexicalIndex, _ terms: [String], _ expected: [LexicalHit], _ function: BM25, _ rows: [Int],
    _ random: inout SeededGenerator
  ) throws {
    let truth = Dictionary(uniqueKeysWithValues: expected.map { ($0.chunk, $0.score) })
    let asked = (rows + [-5, 0, 1 << 40]).shuffled(using: &random)
    let query = LexicalQuery(terms.joined(separator: " "))
    #expect(index.scores(of: asked, for: query, function: function) == asked.map { truth[$0] ?? 0 })
    for share in [0.5, 0.02, 0.0] {
      let documents = Set(
        rows.map { $0 / 3 }.filter { _ in Double.random(in: 0..<1, using: &random) < share })
      let found = index.search(
        query, limit: 7, filter: index.filter(documents: documents), function: function)
      #expect(found == Array(expected.filter { documents.contains($0.chunk / 3) }.prefix(7)))
    }
  }

  @Test func mergingChangesNothingThatCanBeFound() throws {
    var random = SeededGenerator(3)
    let first = chunks(400, words: 80, longest: 20, &random)
    let second = chunks(300, words: 80, longest: 20, &random, from: 401)
    // Rows that the first segment lost are given again to the third.
    let removed = Set(stride(from: 2, through: 400, by: 2))
    let third = chunks(399, words: 80, longest: 20, &random, from: 2).filter { removed.contains($0.row) }
    let live = first.filter { !removed.contains($0.row) } + second + third
    let none: Set<Int> = []
    let sources = try [(first, removed), (second, none), (third, none)].enumerated().map {
      number, source -> (segment: LexicalSegment, deletions: Deletions) in
      let segment = try self.segment(source.0, id: number)
      var deletions = Deletions()
      for (place, chunk) in source.0.enumerated() where source.1.contains(chunk.row) {
        deletions.insert(place, of: segment)
      }
      return (segment, deletions)
    }
    let merged = try #require(SegmentMerger.merged(sources).loaded(id: 9))
    let fresh = try self.segment(live.sorted { $0.row < $1.row }, id: 9)
    #expect(merged.checksum == fresh.checksum, "the same bytes as if it had been written at once")
    let parts = sources.map { LexicalIndex.Part(segment: $0.segment, deletions: $0.deletions) }
    let apart = LexicalIndex(generation: 1, options: LexicalOptions(), parts: parts)
    let reference = ReferenceBM25(live)
    for _ in 0..<20 {
      let terms = query(80, &random)
      let expected = reference.ranking(terms)
      #expect(
        apart.search(terms: terms, limit: 20, filter: nil, function: BM25()) == Array(expected.prefix(20)))
    }
  }

  @Test func everyTermIsFoundAndNothingElse() throws {
    var random = SeededGenerator(5)
    let index = try index([
      chunks(300, words: 3000, longest: 12, &random),
      chunks(50, words: 5000, longest: 30, &random, from: 301),
    ])
    var held: [[UInt8]: Int] = [:]
    for part in index.parts {
      var terms = part.segment.terms
      while terms.next() { held[terms.term, default: 0] += terms.list.frequency }
    }
    let others = (0..<200).flatMap { ["v\($0)", "w\($0)a", "w\($0)00000", "x", "", "w"] }.map {
      Array($0.utf8)
    }
    let filters = index.termFilters
    var passed = 0
    for term in Array(held.keys) + others {
      let expected = held[term] ?? 0
      term.withUnsafeBytes { bytes in
        #expect(index.documentFrequency(of: bytes) == expected, "\(term)")
        #expect(index.documentFrequency(of: bytes, passing: filters) == expected, "\(term)")
        passed += expected == 0 && filters.contains { $0.passes(TermFilter.hash(bytes)) } ? 1 : 0
      }
    }
    #expect(held.count > 500 && passed < others.count / 5, "a filter that lets everything pass saves nothing")
  }

  @Test func theVocabularyIsListedByPrefix() throws {
    let texts = ["apple apply banana", "apples", "application", "band", "zebra"]
    let index = try index(
      texts.enumerated().map { number, text in [Chunk(row: number + 1, text: text)] }, removed: [5],
      options: LexicalOptions(stemming: .none))
    #expect(index.terms(withPrefix: "appl") == ["apple", "apples", "application", "apply"])
    #expect(index.terms(withPrefix: "appl", limit: 2) == ["apple", "apples"])
    #expect(index.terms(withPrefix: "", limit: 100).count == 6)
    #expect(index.terms(withPrefix: "z").isEmpty, "only a removed chunk holds it")
    #expect(index.terms(withPrefix: "zz").isEmpty)
  }

  @Test func aDamagedSegmentIsNoSegmentOrFindsLessButNeverTraps() throws {
    var random = SeededGenerator(11)
    let chunks = chunks(400, words: 30, longest: 20, &random)
    var builder = SegmentBuilder(LexicalOptions())
    for chunk in chunks {
      builder.add(row: chunk.row, document: chunk.document, header: "", text: chunk.text)
    }
    let encoded = builder.finish()
    let bytes = encoded.sections.flatMap { $0 }
    let whole = try #require(encoded.loaded(id: 1))
    for round in 0..<150 {
      var damaged = bytes
      for _ in 0..<(1 + round % 20) {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let size = round % 5 == 0 ? Int.random(in: 0..<bytes.count, using: &random) : bytes.count
      let loaded = LexicalSegment(id: 1, size: size) { target in
        target.copyBytes(from: damaged.prefix(size))
        return size
      }
      guard let loaded else { continue }
      #expect(damaged == bytes || loaded.checksum != whole.checksum)
      let index = LexicalIndex(
        generation: 1, options: LexicalOptions(),
        parts: [LexicalIndex.Part(segment: loaded, deletions: Deletions())])
      _ = index.search(LexicalQuery("w0 w1 w2 w5 w20"), limit: 10)
      _ = index.holdingAll(of: ["w0", "w1"])
      _ = index.terms(withPrefix: "w")
      _ = index.filter(documents: [1, 2, 3])
    }
  }

  @Test func manyThreadsSearchOneIndex() async throws {
    var random = SeededGenerator(5)
    let index = try index([chunks(500, words: 100, longest: 20, &random)])
    let query = LexicalQuery("w1 w2 w30")
    let expected = index.search(query, limit: 10)
    await withTaskGroup(of: [LexicalHit].self) { group in
      for _ in 0..<16 { group.addTask { index.search(query, limit: 10) } }
      for await found in group { #expect(found == expected) }
    }
  }
}
