/// The removed chunks of a segment.
struct Deletions: Sendable {
  /// Chunks whose bits are stored together.
  static let block = 8192

  /// One bit a chunk, set for a removed one; empty if there is none.
  private(set) var words: [UInt64] = []
  private(set) var count = 0
  /// Sum of the removed chunks' lengths.
  private(set) var length = 0

  @inline(__always)
  func contains(_ chunk: Int) -> Bool {
    chunk >> 6 < words.count && words[chunk >> 6] & (1 &<< UInt64(chunk & 63)) != 0
  }

  /// Whether any of `chunks` may be removed.
  func intersects(_ chunks: ClosedRange<Int>) -> Bool {
    guard !words.isEmpty else { return false }
    let end = min(chunks.upperBound >> 6, words.count - 1)
    var word = chunks.lowerBound >> 6
    while word <= end {
      if words[word] != 0 { return true }
      word += 1
    }
    return false
  }

  /// Marks a chunk of `segment` as removed; false if it was already.
  @discardableResult
  mutating func insert(_ chunk: Int, of segment: LexicalSegment) -> Bool {
    guard chunk < segment.count, !contains(chunk) else { return false }
    reserve(segment)
    words[chunk >> 6] |= 1 &<< UInt64(chunk & 63)
    count += 1
    length += Int(segment.lengths[chunk])
    return true
  }

  private mutating func reserve(_ segment: LexicalSegment) {
    if words.isEmpty { words = Array(repeating: 0, count: (segment.count + 63) / 64) }
  }

  /// Marks the chunks of a stored block of bits, the lowest of the first byte first.
  mutating func insert(bits: UnsafeRawBufferPointer, block: Int, of segment: LexicalSegment) {
    guard block >= 0, block <= segment.count / Self.block else { return }
    for (index, byte) in bits.prefix(Self.block / 8).enumerated() where byte != 0 {
      for bit in 0..<8 where byte & (1 << bit) != 0 {
        insert(block * Self.block + index * 8 + bit, of: segment)
      }
    }
  }
}
