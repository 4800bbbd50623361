/// The characters with Unicode's property White_Space, in UTF-8.
enum WhiteSpace {
  /// Bytes of the white space at `position`, 0 if there is none.
  @inline(__always)
  static func length(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    let byte = text[position]
    if byte < 0x80 { return byte == 0x20 || 0x09...0x0D ~= byte ? 1 : 0 }
    guard byte == 0xC2 || 0xE1...0xE3 ~= byte else { return 0 }
    return rareLength(at: position, in: text)
  }

  private static func rareLength(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    func byte(_ offset: Int) -> UInt8 { position + offset < text.count ? text[position + offset] : 0 }
    switch (text[position], byte(1), byte(2)) {
    case (0xC2, 0x85, _), (0xC2, 0xA0, _): return 2
    // U+1680; U+2000 to U+200A, U+2028, U+2029, U+202F; U+205F; U+3000.
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  }

  /// Where the white space that ends at `end` begins.
  static func start(before end: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var start = end
    scan: while start > 0 {
      for count in 1...min(3, start) where length(at: start - count, in: text) == count {
        start -= count
        continue scan
      }
      break
    }
    return start
  }

  /// Where the white space that begins at `start` ends.
  static func end(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let count = length(at: end, in: text)
      if count == 0 { break }
      end += count
    }
    return end
  }
}
