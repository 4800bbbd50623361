import Glibc

extension JSONParser {
  /// Reads a list of `[piece, score]` without making values of its 250,000 members.
  mutating func readScoredPieces() throws(JSONError) -> ScoredPieces {
    var pieces = ScoredPieces()
    position += 1
    if peek() == UInt8(ascii: "]") {
      position += 1
      return pieces
    }
    repeat {
      guard peek() == UInt8(ascii: "[") else { throw error("expected a piece with its score") }
      position += 1
      guard peek() == UInt8(ascii: "\"") else { throw error("expected a piece") }
      let start = position
      let plain = skipPlainString()
      let text = plain == nil ? try string() : ""
      guard peek() == UInt8(ascii: ",") else { throw error("expected a score") }
      position += 1
      _ = peek()
      let score = try score()
      if let plain {
        pieces.append(bytes[start + 1..<plain], score: score)
      } else {
        pieces.append(text.utf8, score: score)
      }
      guard peek() == UInt8(ascii: "]") else { throw error("expected the end of a piece") }
      position += 1
    } while try !ends(with: UInt8(ascii: "]"))
    return pieces
  }

  /// Moves past a string without escapes and gives its end; nil, without moving, for another.
  ///
  /// A piece that is not valid UTF-8 does no harm, as no text holds it.
  private mutating func skipPlainString() -> Int? {
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end] == UInt8(ascii: "\\") { return nil }
      end += 1
    }
    guard end < bytes.count else { return nil }
    position = end + 1
    return end
  }

  private mutating func score() throws(JSONError) -> Double {
    let start = position
    var length = 0
    while start + length < bytes.count, Self.isNumeric(bytes[start + length]) { length += 1 }
    // `strtod` reads more than JSON allows, such as "1." and "+1"; no file has such scores.
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { text -> Double? in
      for index in 0..<length { text[index] = CChar(truncatingIfNeeded: bytes[start + index]) }
      text[length] = 0
      guard let first = text.baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(first, &end)
      return length > 0 && end == first + length ? value : nil
    }
    guard let value, value.isFinite else { throw error("not a number") }
    position += length
    return value
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
