/// The words of a text as numbers, to see how much two texts have in common.
struct TextPrint: Sendable {
  /// Hashes of the different words, rising.
  let words: [UInt64]
  /// Hashes of the different sequences of four words, or of the whole text if it has fewer; rising.
  let shingles: [UInt64]
  /// Hashes of the words with a digit in them, rising.
  let numbers: [UInt64]

  private static let shingleLength = 4

  init(_ text: String) {
    var sequence: [UInt64] = []
    var numbers: [UInt64] = []
    Self.forEachWord(of: text) { hash, hasDigit in
      sequence.append(hash)
      if hasDigit { numbers.append(hash) }
    }
    words = Self.different(sequence)
    self.numbers = Self.different(numbers)
    let length = min(Self.shingleLength, sequence.count)
    shingles = Self.different(
      length == 0
        ? []
        : (0...sequence.count - length).map { start in
          sequence[start..<start + length].reduce(Self.basis) { ($0 ^ $1) &* Self.prime }
        })
  }

  private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01B3

  /// Calls `body` with a hash of each word (FNV-1a), capitals of ASCII as small letters, and whether it has a digit.
  static func forEachWord(of text: String, _ body: (_ hash: UInt64, _ hasDigit: Bool) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      var hash = basis
      var isWord = false
      var hasDigit = false
      for byte in bytes {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...:
          hash = (hash ^ UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)) &* prime
          isWord = true
          if byte <= 0x39 { hasDigit = true }
        default:
          if isWord { body(hash, hasDigit) }
          (hash, isWord, hasDigit) = (basis, false, false)
        }
      }
      if isWord { body(hash, hasDigit) }
    }
  }

  private static func different(_ hashes: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    for hash in hashes.sorted() where result.last != hash { result.append(hash) }
    return result
  }

  /// How many hashes two rising lists have in common.
  static func common(_ first: [UInt64], _ second: [UInt64]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < first.count, j < second.count {
      if first[i] == second[j] {
        (i, j, count) = (i + 1, j + 1, count + 1)
      } else if first[i] < second[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return count
  }

  /// Shingles in common as a part of those of the text that has more, 0 to 1.
  func overlap(_ other: TextPrint) -> Double {
    let larger = max(shingles.count, other.shingles.count)
    return larger == 0 ? 1 : Double(Self.common(shingles, other.shingles)) / Double(larger)
  }

  /// Cosine of the sets of words, 0 to 1.
  func resemblance(_ other: TextPrint) -> Double {
    let size = Double(words.count * other.words.count).squareRoot()
    return size == 0 ? 0 : Double(Self.common(words, other.words)) / size
  }
}
