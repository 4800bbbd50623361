/// A few numbers that two texts of almost the same words have mostly in common, to pass over all others quickly.
///
/// Each is the least of one permutation of the hashes of the text's pairs of words (MinHash; Broder, "On the resemblance
/// and containment of documents", 1997): the chance that it is the same in two texts is the part of the pairs that they
/// share.
struct TextSketch: Sendable {
  private let least: SIMD8<UInt64>

  /// Odd numbers, each of which mixes a hash in another way.
  private static let factors = SIMD8<UInt64>(
    0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93,
    0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3)

  init(_ text: String) {
    var least = SIMD8<UInt64>(repeating: .max)
    var last: UInt64 = 0
    TextPrint.forEachWord(of: text) { hash, _ in
      var pair = last ^ hash
      last = hash &* 31
      pair ^= pair >> 31
      let mixed = SIMD8(repeating: pair) &* Self.factors
      least.replace(with: mixed, where: mixed .< least)
    }
    self.least = least
  }

  /// Whether at least half of the numbers are the same: of two texts that share nine tenths of their words, one pair in
  /// two thousand is missed.
  func mayResemble(_ other: TextSketch) -> Bool {
    var same = 0
    for index in 0..<8 where least[index] == other.least[index] { same += 1 }
    return same >= 4
  }
}
