/// Tells nearly all terms that a segment does not hold without a look into its dictionary; never denies one that it
/// holds (Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13, 1970).
final class TermFilter: Sendable {
  /// A power of two of bits, 8 to 16 for each term: at most one in twenty that is not held passes.
  private let words: [UInt64]

  init(_ segment: LexicalSegment) {
    var count = 8
    while count * 64 < 8 * segment.format.terms { count *= 2 }
    var words = [UInt64](repeating: 0, count: count)
    var terms = segment.terms
    while terms.next() {
      let hash = terms.term.withUnsafeBytes(Self.hash)
      for bit in [hash, hash >> 32] { words[Int(bit >> 6) & (count - 1)] |= 1 << (bit & 63) }
    }
    self.words = words
  }

  /// Whether the segment may hold the term of this hash.
  func passes(_ hash: UInt64) -> Bool {
    Self.isSet(hash, words) && Self.isSet(hash >> 32, words)
  }

  /// FNV-1a with 64 bits (RFC 9923).
  static func hash(_ term: UnsafeRawBufferPointer) -> UInt64 {
    term.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func isSet(_ bit: UInt64, _ words: [UInt64]) -> Bool {
    words[Int(bit >> 6) & (words.count - 1)] >> (bit & 63) & 1 == 1
  }
}
