/// How much of some bytes is well-formed UTF-8 beyond ASCII, and how much is not.
struct UTF8Census {
  private(set) var multibyte = 0
  private(set) var broken = 0
  /// The only damage is a sequence that the end of the bytes cuts off.
  private(set) var isCutOff = false

  init(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let length = byte >= 0xF0 && byte < 0xF5 ? 4 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xC2 ? 2 : 1
      var end = index + 1
      while end < bytes.count, end < index + length, bytes[end].isContinuation { end += 1 }
      if length > 1, byte < 0xF5, end == index + length,
        (try? UTF8Span(validating: bytes.span.extracting(index..<end))) != nil
      {
        multibyte += 1
      } else {
        broken += 1
        isCutOff = broken == 1 && length > 1 && end == bytes.count && end > index + 1
      }
      index = end
    }
  }

  /// A Latin encoding has hardly any sequence that happens to be UTF-8; damaged UTF-8 has many.
  var isMostlyUTF8: Bool { multibyte >= 2 * broken || (isCutOff && broken == 1) }
}
