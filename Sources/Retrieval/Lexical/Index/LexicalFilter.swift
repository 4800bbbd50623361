/// The chunks of some documents in one lexical index, ready to be used in many searches.
public struct LexicalFilter: Sendable {
  /// One bit a chunk for each of the index's parts.
  let words: [[UInt64]]
  /// Chunks of each part that pass, removed ones included.
  let counts: [Int]
}

extension LexicalIndex {
  /// Lets through the chunks of `documents`, given by their rows.
  public func filter(documents: Set<Int>) -> LexicalFilter {
    var words: [[UInt64]] = []
    var counts: [Int] = []
    for part in parts {
      var bits = [UInt64](repeating: 0, count: (part.segment.count + 63) / 64)
      var count = 0
      part.segment.forEachRun { document, chunks in
        guard documents.contains(document) else { return }
        for chunk in chunks { bits[chunk >> 6] |= 1 &<< UInt64(chunk & 63) }
        count += chunks.count
      }
      words.append(bits)
      counts.append(count)
    }
    return LexicalFilter(words: words, counts: counts)
  }
}
