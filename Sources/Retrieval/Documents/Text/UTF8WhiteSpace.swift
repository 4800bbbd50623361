/// Unicode white space (the White_Space property) at the ends of valid UTF-8.
enum UTF8WhiteSpace {
  /// The range that is left when white space is trimmed; with `keepsIndent` only blank lines go at the start.
  static func trim(_ text: UnsafeBufferPointer<UInt8>, keepsIndent: Bool) -> Range<Int> {
    var lower = 0
    var lineStart = 0
    while lower < text.count {
      let length = leading(text, at: lower)
      if length == 0 { break }
      lower += length
      if text[lower - 1] == .lineFeed { lineStart = lower }
    }
    guard lower < text.count else { return 0..<0 }
    var upper = text.count
    while upper > lower {
      let length = trailing(text, before: upper)
      if length == 0 { break }
      upper -= length
    }
    return (keepsIndent ? lineStart : lower)..<upper
  }

  /// Bytes of the white-space scalar that starts at `index`, or 0.
  private static func leading(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = text[index]
    if byte < 0x80 { return byte.isASCIISpace ? 1 : 0 }
    if byte == 0xC2, index + 1 < text.count {
      return text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
    }
    guard byte >= 0xE1, byte <= 0xE3, index + 2 < text.count else { return 0 }
    return isSpace(byte, text[index + 1], text[index + 2]) ? 3 : 0
  }

  private static func trailing(_ text: UnsafeBufferPointer<UInt8>, before index: Int) -> Int {
    let byte = text[index - 1]
    if byte < 0x80 { return byte.isASCIISpace ? 1 : 0 }
    if index >= 2, text[index - 2] == 0xC2 { return byte == 0x85 || byte == 0xA0 ? 2 : 0 }
    guard index >= 3 else { return 0 }
    return isSpace(text[index - 3], text[index - 2], byte) ? 3 : 0
  }

  /// U+1680, U+2000...U+200A, U+2028, U+2029, U+202F, U+205F and U+3000.
  private static func isSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      true
    default: false
    }
  }
}
