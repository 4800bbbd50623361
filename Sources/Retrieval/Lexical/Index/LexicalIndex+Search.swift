extension LexicalIndex {
  /// The chunks that hold any term of `query`, best first: exactly the `limit` best by BM25, equal scores in order
  /// of the rows.
  public func search(
    _ query: LexicalQuery, limit: Int, filter: LexicalFilter? = nil, function: BM25 = BM25()
  ) -> [LexicalHit] {
    search(terms: query.terms, limit: limit, filter: filter, function: function)
  }

  func search(terms: [String], limit: Int, filter: LexicalFilter?, function: BM25) -> [LexicalHit] {
    guard limit > 0 else { return [] }
    let resolved = ResolvedQuery(terms, in: self, function)
    guard !resolved.terms.isEmpty else { return [] }
    var best = BestChunks(limit: limit)
    for number in parts.indices {
      let allowed = filter.map { $0.words[number] }
      if let filter, filter.counts[number] == 0 { continue }
      resolved.withCursors(number, of: self) { cursors in
        guard !cursors.isEmpty else { return }
        let postings = resolved.terms.reduce(0) { $0 + ($1.lists[number]?.frequency ?? 0) }
        if let allowed, let filter, filter.counts[number] * 8 * cursors.count < postings {
          scoreAll(of: allowed, parts[number], cursors, &best)
        } else {
          var search = PartSearch(parts[number], allowed: allowed)
          search.run(cursors, &best)
        }
      }
    }
    return best.sorted
  }

  /// Where few chunks are allowed, scores each of them.
  private func scoreAll(
    of allowed: [UInt64], _ part: Part, _ cursors: UnsafeMutableBufferPointer<PostingCursor>,
    _ best: inout BestChunks
  ) {
    for (place, word) in allowed.enumerated() where word != 0 {
      var rest = word
      while rest != 0 {
        let chunk = place &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        if part.deletions.contains(chunk) { continue }
        var score = 0.0
        for cursor in cursors.indices { score += Double(cursors[cursor].score(of: chunk)) }
        if score > 0 { best.insert(LexicalHit(chunk: part.segment.row(chunk), score: score)) }
      }
    }
  }

  /// BM25 of each of `chunks`, given by their rows; 0 for one that holds none of the terms or is not in the index.
  public func scores(of chunks: [Int], for query: LexicalQuery, function: BM25 = BM25()) -> [Double] {
    let resolved = ResolvedQuery(query.terms, in: self, function)
    var scores = [Double](repeating: 0, count: chunks.count)
    guard !resolved.terms.isEmpty else { return scores }
    let rows = chunks.enumerated().sorted { $0.element < $1.element }
    for number in parts.indices {
      let part = parts[number]
      let known = rows.compactMap { item in
        part.liveChunk(inRow: item.element).map { (place: item.offset, chunk: $0) }
      }
      guard !known.isEmpty else { continue }
      resolved.withCursors(number, of: self) { cursors in
        for cursor in cursors.indices {
          for item in known { scores[item.place] += Double(cursors[cursor].score(of: item.chunk)) }
        }
      }
    }
    return scores
  }

  /// Those of `chunks`, given by their rows, that hold all of `terms`.
  func holdingAll(of terms: [String], among chunks: [Int], function: BM25 = BM25()) -> [Int] {
    let resolved = ResolvedQuery(terms, in: self, function)
    guard resolved.terms.count == terms.count, !terms.isEmpty else { return [] }
    let rows = chunks.sorted()
    var holders: [Int] = []
    for number in parts.indices {
      let part = parts[number]
      var left = rows.compactMap { row in part.liveChunk(inRow: row).map { (row: row, chunk: $0) } }
      guard !left.isEmpty else { continue }
      resolved.withCursors(number, of: self) { cursors in
        guard cursors.count == terms.count else { return }
        for cursor in cursors.indices where !left.isEmpty {
          left.removeAll { cursors[cursor].score(of: $0.chunk) <= 0 }
        }
        holders += left.map(\.row)
      }
    }
    return holders
  }

  /// The chunks that hold all of `terms`, best first by BM25 over them.
  func holdingAll(
    of terms: [String], filter: LexicalFilter? = nil, function: BM25 = BM25()
  ) -> [LexicalHit] {
    let resolved = ResolvedQuery(terms, in: self, function)
    guard resolved.terms.count == terms.count else { return [] }
    var hits: [LexicalHit] = []
    for number in parts.indices {
      let part = parts[number]
      let lists = resolved.terms.compactMap { $0.lists[number] }
      guard lists.count == terms.count, let rarest = lists.min(by: { $0.frequency < $1.frequency }) else {
        continue
      }
      resolved.withCursors(number, of: self) { cursors in
        rarest.forEach(limit: part.segment.count) { chunk, _ in
          guard !part.deletions.contains(chunk) else { return }
          if let filter, filter.words[number][chunk >> 6] & (1 &<< UInt64(chunk & 63)) == 0 { return }
          var score = 0.0
          for cursor in cursors.indices {
            let part = cursors[cursor].score(of: chunk)
            if part <= 0 { return }
            score += Double(part)
          }
          hits.append(LexicalHit(chunk: part.segment.row(chunk), score: score))
        }
      }
    }
    return hits.sorted { $1.isWorse(than: $0) }
  }
}

extension LexicalIndex.Part {
  /// The place of the chunk in `row`; nil if it is not here or removed.
  func liveChunk(inRow row: Int) -> Int? {
    segment.chunk(inRow: row).flatMap { deletions.contains($0) ? nil : $0 }
  }
}
