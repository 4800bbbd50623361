/// The lexical index of one generation of a corpus, in memory. It never changes; any number of threads may search
/// it at once.
public struct LexicalIndex: Sendable {
  struct Part: Sendable {
    var segment: LexicalSegment
    var deletions: Deletions
    var live: Int { segment.count - deletions.count }
  }

  /// The corpus's generation that it belongs to.
  public let generation: Int
  public let options: LexicalOptions
  /// Chunks in the index.
  public let count: Int
  /// Average length of the chunks in words.
  public let averageLength: Double
  /// Largest first, so that the best hits are found early.
  let parts: [Part]

  init(generation: Int, options: LexicalOptions, parts: [Part]) {
    self.generation = generation
    self.options = options
    self.parts = parts.filter { $0.live > 0 }.sorted {
      $0.live == $1.live ? $0.segment.id < $1.segment.id : $0.live > $1.live
    }
    count = parts.reduce(0) { $0 + $1.live }
    let length = parts.reduce(0) { $0 + $1.segment.format.length - $1.deletions.length }
    averageLength = count > 0 ? Double(length) / Double(count) : 0
  }

  /// An index of `chunks`, in order of their rows, that is part of no corpus.
  package init(
    of chunks: some Sequence<(row: Int, document: Int, header: String, text: String)>,
    options: LexicalOptions = LexicalOptions()
  ) {
    var builder = SegmentBuilder(options)
    for chunk in chunks {
      builder.add(row: chunk.row, document: chunk.document, header: chunk.header, text: chunk.text)
    }
    let segment = builder.count > 0 ? builder.finish().loaded(id: 0) : nil
    self.init(
      generation: 0, options: options,
      parts: segment.map { [Part(segment: $0, deletions: Deletions())] } ?? [])
  }

  /// Bytes of memory that the index takes.
  public var size: Int { parts.reduce(0) { $0 + $1.segment.format.size + 8 * $1.deletions.words.count } }

  /// Chunks that hold `term`, which has to be one of the tokenizer's.
  public func documentFrequency(of term: String) -> Int {
    var term = term
    return term.withUTF8 { documentFrequency(of: UnsafeRawBufferPointer($0)) }
  }

  func documentFrequency(of term: UnsafeRawBufferPointer) -> Int {
    parts.reduce(0) { sum, part in sum + (part.segment.list(of: term).map { part.frequency($0) } ?? 0) }
  }

  /// One for each of `parts`.
  var termFilters: [TermFilter] { parts.map(\.segment.termFilter) }

  /// The same, sooner for one of many terms of which the index holds hardly any.
  ///
  /// - Parameter filters: `termFilters`.
  func documentFrequency(of term: UnsafeRawBufferPointer, passing filters: [TermFilter]) -> Int {
    let hash = TermFilter.hash(term)
    var sum = 0
    for (part, filter) in zip(parts, filters) where filter.passes(hash) {
      if let list = part.segment.list(of: term) { sum += part.frequency(list) }
    }
    return sum
  }

  /// Inverse document frequency of `term`: high for a rare one, above 0 for every one.
  public func inverseDocumentFrequency(of term: String) -> Double {
    BM25.inverseFrequency(documentFrequency(of: term), of: count)
  }

  /// Terms that begin with `prefix`, in order of their code points, at most `limit`.
  public func terms(withPrefix prefix: String, limit: Int = 100) -> [String] {
    let start = Array(prefix.utf8)
    var found: Set<[UInt8]> = []
    for part in parts {
      var terms = start.withUnsafeBytes { part.segment.terms(from: $0) }
      var count = 0
      while count < limit, terms.next() {
        if terms.term.starts(with: start) {
          // What only removed chunks hold is no term any more.
          if part.frequency(terms.list) > 0 {
            found.insert(terms.term)
            count += 1
          }
        } else if start.lexicographicallyPrecedes(terms.term) {
          break
        }
      }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }.prefix(limit).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

extension LexicalIndex.Part {
  /// Chunks in `list` that are not removed.
  func frequency(_ list: PostingList) -> Int {
    guard deletions.count > 0 else { return list.frequency }
    var removed = 0
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingFormat.block) { buffer in
      guard let chunks = buffer.baseAddress else { return }
      var packed: PostingList.Frequencies?
      for block in 0..<max(1, list.blocks) {
        if list.blocks > 0 {
          let first = block == 0 ? 0 : list.last(block - 1) + 1
          let last = list.last(block)
          guard first <= last, deletions.intersects(first...last) else { continue }
        }
        let count = list.decode(
          block, limit: segment.count, chunks: chunks, shortFrequencies: chunks + PostingFormat.block,
          packed: &packed)
        for index in 0..<count where deletions.contains(Int(chunks[index])) { removed += 1 }
      }
    }
    return list.frequency - removed
  }
}
