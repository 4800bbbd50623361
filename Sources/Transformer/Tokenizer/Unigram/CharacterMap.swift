/// The replacements of characters and short sequences that SentencePiece compiles into a model: a double-array trie
/// over what is replaced, then what replaces it.
///
/// It is applied as the `tokenizers` library does: a grapheme cluster of less than six bytes is replaced as a whole by
/// what the shortest of its beginnings maps to, and otherwise each character by itself.
struct CharacterMap: Sendable {
  /// Clusters of as many bytes are taken character by character.
  private static let longCluster = 6

  private let units: [UInt32]
  /// Replacements, each with a zero after it.
  private let replacements: [UInt8]
  /// The bytes that stand for themselves where only ASCII follows.
  private let isPlain: [Bool]

  /// - Parameter bytes: the size of the trie in four bytes, the trie, the replacements; numbers little-endian.
  /// - Returns: nil if that is not what `bytes` are.
  init?(_ bytes: [UInt8]) {
    func number(at place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= 4 else { return nil }
    let size = Int(number(at: 0))
    guard size >= 4, size % 4 == 0, size <= bytes.count - 4 else { return nil }
    units = stride(from: 4, to: 4 + size, by: 4).map(number)
    replacements = Array(bytes[(4 + size)...])
    guard replacements.last == 0 || replacements.isEmpty else { return nil }
    var isPlain = [Bool](repeating: false, count: 256)
    for byte in UInt8.min..<0x80 where byte != UInt8(ascii: "\r") {
      isPlain[Int(byte)] = Self.match([byte][...], in: units) == nil
    }
    self.isPlain = isPlain
  }

  /// Appends `text`, which is valid UTF-8, with everything replaced.
  func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    isPlain.withUnsafeBufferPointer { isPlain in
      var position = 0
      while position < text.count {
        var end = position
        while end < text.count, isPlain[Int(text[end])], end + 1 == text.count || text[end + 1] < 0x80 {
          end += 1
        }
        if end > position {
          output.append(contentsOf: UnsafeBufferPointer(rebasing: text[position..<end]))
          position = end
          continue
        }
        let cluster = GraphemeCluster(in: text, at: position)
        append(cluster, of: text, to: &output)
        position = cluster.range.upperBound
      }
    }
  }

  private func append(
    _ cluster: GraphemeCluster, of text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    if cluster.range.count < Self.longCluster, appendReplacement(of: text[cluster.range], to: &output) {
      return
    }
    guard !cluster.isSingle else {
      return output.append(contentsOf: UnsafeBufferPointer(rebasing: text[cluster.range]))
    }
    var start = cluster.range.lowerBound
    while start < cluster.range.upperBound {
      let end = UTF8Scalar.end(after: start, in: text)
      if !appendReplacement(of: text[start..<end], to: &output) {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      }
      start = end
    }
  }

  /// Appends what the shortest beginning of `part` maps to, if one does.
  private func appendReplacement(of part: Slice<UnsafeBufferPointer<UInt8>>, to output: inout [UInt8]) -> Bool
  {
    guard let place = Self.match(part, in: units) else { return false }
    var index = place
    while index < replacements.count, replacements[index] != 0 {
      output.append(replacements[index])
      index += 1
    }
    return true
  }

  /// The value of the shortest key that `text` begins with, in a trie of Darts-clone
  /// (https://github.com/s-yata/darts-clone).
  private static func match(_ text: some Collection<UInt8>, in units: [UInt32]) -> Int? {
    func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & (1 << 9)) >> 6)) }
    var place = offset(units[0])
    for byte in text {
      if byte == 0 { return nil }
      place ^= Int(byte)
      guard place < units.count, units[place] & (1 << 31 | 0xFF) == UInt32(byte) else { return nil }
      let unit = units[place]
      place ^= offset(unit)
      if unit >> 8 & 1 == 1 { return place < units.count ? Int(units[place] & (1 << 31 - 1)) : nil }
    }
    return nil
  }
}
