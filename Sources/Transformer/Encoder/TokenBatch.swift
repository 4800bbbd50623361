/// Sequences of token ids, packed one after the other without padding.
struct TokenBatch: Sendable {
  /// The ids of all sequences.
  private(set) var ids: [Int32] = []
  /// Tokens of each sequence.
  private(set) var lengths: [Int] = []
  /// How many tokens of each sequence, from its start, belong to segment 0.
  private(set) var firstSegments: [Int] = []

  mutating func append(_ sequence: [Int32], firstSegment: Int? = nil) {
    ids += sequence
    lengths.append(sequence.count)
    firstSegments.append(firstSegment ?? sequence.count)
  }
}

extension TokenBatch {
  /// The rows of each sequence.
  var rowRanges: [Range<Int>] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }
}
