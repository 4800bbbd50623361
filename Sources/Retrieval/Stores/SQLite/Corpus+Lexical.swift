import SQLite

extension Corpus {
  /// How the corpus's lexical index is made.
  ///
  /// - Throws: `CorpusError` of code `newer` if other rules made it: those of a later version, or of an earlier one where
  ///   nobody could build it again yet.
  public var lexicalOptions: LexicalOptions {
    get throws {
      let stored = try reported { try setting("lexical") } ?? LexicalOptions().stored
      guard let options = LexicalOptions(stored: stored) else { throw CorpusError.otherLexicalRules(path) }
      return options
    }
  }

  /// Builds the lexical index again in another way; nothing happens if it is made so already.
  public func setLexicalOptions(_ options: LexicalOptions) throws {
    guard try reported({ try setting("lexical") }) != options.stored else { return }
    try write {
      try set("lexical", options.stored)
      try rebuildSegments()
    }
  }

  /// The lexical index as of now, built again first if an earlier version's rules made it. Segments that `previous` holds
  /// are not loaded again.
  public func lexicalIndex(after previous: LexicalIndex? = nil) throws -> LexicalIndex {
    if previous == nil { try renewLexicalIndex() }
    return try read { try loadedLexicalIndex(after: previous) }
  }

  /// Builds the lexical index by the rules of this version if those of an earlier one made it; a file that cannot be
  /// written keeps it, and whoever reads it is told.
  private func renewLexicalIndex() throws {
    guard try reported({ try earlierLexicalOptions }) != nil else { return }
    do {
      try write { _ = try rebuildEarlierSegments() }
    } catch let error as CorpusError where error.code == .readOnly {}
  }

  private var earlierLexicalOptions: LexicalOptions? {
    get throws { try setting("lexical").flatMap { LexicalOptions(earlier: $0) } }
  }

  /// To be called within a transaction; false if the index is of this version.
  private func rebuildEarlierSegments() throws -> Bool {
    guard let options = try earlierLexicalOptions else { return false }
    try set("lexical", options.stored)
    try rebuildSegments()
    return true
  }

  /// To be called with one view of the corpus.
  private func loadedLexicalIndex(after previous: LexicalIndex? = nil) throws -> LexicalIndex {
    let generation = try generation
    if let previous, previous.generation == generation { return previous }
    var known: [Int: LexicalSegment] = [:]
    for part in previous?.parts ?? [] { known[part.segment.id] = part.segment }
    var parts: [LexicalIndex.Part] = []
    for (id, size, checksum) in try connection.query(
      "SELECT id, size, checksum FROM lexical_segments ORDER BY id",
      map: { ($0.integer(0), $0.integer(1), $0.integer(2)) })
    {
      let segment = try known[id] ?? segment(id, size: size, checksum: checksum)
      parts.append(LexicalIndex.Part(segment: segment, deletions: try deletions(of: segment)))
    }
    return LexicalIndex(generation: generation, options: try lexicalOptions, parts: parts)
  }

  private func segment(_ id: Int, size: Int, checksum: Int) throws -> LexicalSegment {
    let segment = try LexicalSegment(id: id, size: size) { target in
      var written = 0
      try connection.forEach(
        "SELECT data FROM lexical_pieces WHERE segment_id = ? ORDER BY number", [Value(id)]
      ) { row in
        row.withBlob(0) { piece in
          let free = UnsafeMutableRawBufferPointer(rebasing: target[written...])
          let count = min(piece.count, free.count)
          free.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[..<count]))
          written += piece.count
          if written > target.count { written = target.count }
        }
      }
      return written
    }
    guard let segment, Int(bitPattern: UInt(segment.checksum)) == checksum else {
      throw CorpusError.damagedLexicalIndex(path)
    }
    return segment
  }

  private func deletions(of segment: LexicalSegment) throws -> Deletions {
    var deletions = Deletions()
    try connection.forEach(
      "SELECT block, bits FROM lexical_deletions WHERE segment_id = ?", [Value(segment.id)]
    ) {
      row in
      row.withBlob(1) { deletions.insert(bits: $0, block: row.integer(0), of: segment) }
    }
    return deletions
  }

  // MARK: Changes, all within the transaction of the chunks

  /// Brings the index in line with what the transaction did to the chunks.
  func apply(_ change: LexicalChange) throws {
    // All chunks are read then, as they are now.
    if try rebuildEarlierSegments() { return }
    if !change.removed.isEmpty { try markRemoved(change.removed.sorted()) }
    var builder = SegmentBuilder(try lexicalOptions)
    for (row, chunk) in change.added.sorted(by: { $0.key < $1.key }) {
      builder.add(row: row, document: chunk.document, header: chunk.header, text: chunk.text)
    }
    if builder.count > 0 { try store(builder.finish()) }
    try mergeSegments()
  }

  private func store(_ encoded: EncodedSegment) throws {
    guard let segment = encoded.loaded(id: 0) else {
      throw CorpusError.damagedLexicalIndex(path)
    }
    try connection.run(
      "INSERT INTO lexical_segments (first, last, chunks, deleted, size, checksum) VALUES (?, ?, ?, 0, ?, ?)",
      Value(encoded.first), Value(encoded.last), Value(encoded.format.chunks), Value(encoded.format.size),
      Value(Int(bitPattern: UInt(segment.checksum))))
    let id = Int(connection.lastInsertedRow)
    var number = 0
    try encoded.forEachPiece(size: SegmentFormat.piece) { piece in
      try connection.run(
        "INSERT INTO lexical_pieces VALUES (?, ?, ?)", Value(id), Value(number), .blob(piece))
      number += 1
    }
  }

  /// Notes that a document's chunks are about to be deleted.
  func noteRemoval(of document: Int, in change: inout LexicalChange) throws {
    try connection.forEach("SELECT id FROM chunks WHERE document_id = ?", [Value(document)]) {
      change.remove(row: $0.integer(0))
    }
  }

  /// Marks chunks, given by rising rows, as removed in the segments that hold them.
  private func markRemoved(_ rows: [Int]) throws {
    guard let lowest = rows.first, let highest = rows.last else { return }
    let segments = try connection.query(
      "SELECT id, chunks FROM lexical_segments WHERE last >= ? AND first <= ?", Value(lowest), Value(highest),
      map: { (id: $0.integer(0), chunks: $0.integer(1)) })
    for segment in segments {
      let places =
        try connection.first(
          "SELECT data FROM lexical_pieces WHERE segment_id = ? AND number = 0", Value(segment.id)
        ) { row in
          row.withBlob(0) { SegmentFormat.places(of: rows, in: $0, chunks: segment.chunks) }
        } ?? []
      for (block, places) in Dictionary(grouping: places, by: { $0 / Deletions.block }) {
        try markRemoved(places.map { $0 % Deletions.block }, block: block, segment: segment.id)
      }
    }
  }

  private func markRemoved(_ places: [Int], block: Int, segment: Int) throws {
    var bits =
      try connection.first(
        "SELECT bits FROM lexical_deletions WHERE segment_id = ? AND block = ?", Value(segment), Value(block)
      ) { $0.blob(0) } ?? []
    if bits.count != Deletions.block / 8 { bits = Array(repeating: 0, count: Deletions.block / 8) }
    var count = 0
    for place in places where bits[place / 8] & (1 << (place % 8)) == 0 {
      bits[place / 8] |= 1 << (place % 8)
      count += 1
    }
    guard count > 0 else { return }
    try connection.run(
      "INSERT OR REPLACE INTO lexical_deletions VALUES (?, ?, ?)", Value(segment), Value(block), .blob(bits))
    try connection.run(
      "UPDATE lexical_segments SET deleted = deleted + ? WHERE id = ?", Value(count), Value(segment))
  }

  /// Merges segments until there are as few as the policy asks for.
  private func mergeSegments() throws {
    while true {
      let candidates = try connection.query("SELECT id, chunks, deleted FROM lexical_segments ORDER BY id") {
        MergePolicy.Candidate(id: $0.integer(0), chunks: $0.integer(1), deleted: $0.integer(2))
      }
      let chosen = MergePolicy().next(candidates)
      guard !chosen.isEmpty else { return }
      try merge(chosen)
    }
  }

  private func merge(_ ids: [Int]) throws {
    var sources: [(segment: LexicalSegment, deletions: Deletions)] = []
    for id in ids {
      guard
        let (size, checksum) = try connection.first(
          "SELECT size, checksum FROM lexical_segments WHERE id = ?", Value(id),
          map: { ($0.integer(0), $0.integer(1)) })
      else { continue }
      let segment = try segment(id, size: size, checksum: checksum)
      sources.append((segment, try deletions(of: segment)))
    }
    if sources.contains(where: { $0.deletions.count < $0.segment.count }) {
      try store(SegmentMerger.merged(sources))
    }
    for id in ids { try dropSegment(id) }
  }

  private func dropSegment(_ id: Int) throws {
    try connection.run("DELETE FROM lexical_deletions WHERE segment_id = ?", Value(id))
    try connection.run("DELETE FROM lexical_pieces WHERE segment_id = ?", Value(id))
    try connection.run("DELETE FROM lexical_segments WHERE id = ?", Value(id))
  }

  /// Writes the whole index anew from the chunks, in segments that bound the memory it takes.
  func rebuildSegments() throws {
    try connection.execute(
      "DELETE FROM lexical_deletions; DELETE FROM lexical_pieces; DELETE FROM lexical_segments")
    let options = try lexicalOptions
    var row = Int(Int64.min)
    while true {
      var builder = SegmentBuilder(options)
      try connection.forEach(
        "SELECT id, document_id, header, text FROM chunks WHERE id > ? ORDER BY id LIMIT 16384", [Value(row)]
      ) {
        row = $0.integer(0)
        builder.add(row: row, document: $0.integer(1), header: $0.text(2), text: $0.text(3))
      }
      if builder.count == 0 { return }
      try store(builder.finish())
      try mergeSegments()
    }
  }

  /// How the lexical index and the chunks differ; empty if they do not.
  func lexicalProblems() throws -> [String] {
    try renewLexicalIndex()
    // Both of one moment: somebody may be writing.
    return try read {
      let index: LexicalIndex
      do {
        index = try loadedLexicalIndex()
      } catch let error as CorpusError where error.code == .damaged || error.code == .newer {
        return [error.description]
      }
      var missing = 0
      var different = 0
      var count = 0
      let tokenizer = LexicalTokenizer(stemming: index.options.stemming)
      try connection.forEach("SELECT id, header, text FROM chunks ORDER BY id") { row in
        count += 1
        guard let (segment, chunk) = index.place(ofRow: row.integer(0)) else {
          missing += 1
          return
        }
        var length = index.options.headerWeight * tokenizer.length(of: row.text(1))
        length += tokenizer.length(of: row.text(2))
        if segment.lengths[chunk] != UInt16(clamping: length) { different += 1 }
      }
      var problems: [String] = []
      if missing > 0 { problems.append("the lexical index lacks \(missing) of \(count) chunks") }
      if different > 0 { problems.append("the lexical index holds other text of \(different) chunks") }
      let extra = index.count - (count - missing)
      if extra > 0 { problems.append("the lexical index holds \(extra) chunks that do not exist") }
      return problems
    }
  }

  /// Header and text of each of `chunks`; nil for one that has been removed meanwhile.
  func texts(of chunks: [Int]) throws -> [String?] {
    try read {
      try chunks.map { chunk in
        try connection.first("SELECT header, text FROM chunks WHERE id = ?", Value(chunk)) {
          $0.text(0) + "\n" + $0.text(1)
        }
      }
    }
  }
}

extension LexicalIndex {
  /// The segment that holds a chunk, and its place there.
  func place(ofRow row: Int) -> (segment: LexicalSegment, chunk: Int)? {
    for part in parts {
      if let chunk = part.liveChunk(inRow: row) { return (part.segment, chunk) }
    }
    return nil
  }
}
