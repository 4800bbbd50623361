/// Text as a terminal would show it in the end.
enum TerminalText {
  /// Without escape sequences (ECMA-48 control sequences, such as colours) and with only the last state of lines
  /// or characters that were written over: progress bars, and the bold and underlined letters of printed manuals
  /// (`X\u{8}X`, `_\u{8}X`).
  static func plain(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var lineStart = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case 0x0D:
        while index < text.count, text[index] == 0x0D { index += 1 }
        if index < text.count, text[index] != .lineFeed { result.removeSubrange(lineStart...) }
      case 0x1B where index < text.count && text[index] == UInt8(ascii: "["):
        index += 1
        while index < text.count, (0x20...0x3F).contains(text[index]) { index += 1 }
        if index < text.count, (0x40...0x7E).contains(text[index]) { index += 1 }
      case 0x08 where result.count > lineStart:
        // An underscore over a letter leaves the letter.
        if index < text.count, text[index] == UInt8(ascii: "_") {
          index += 1
        } else {
          while result.count > lineStart + 1, result[result.count - 1] & 0xC0 == 0x80 { result.removeLast() }
          result.removeLast()
        }
      case 0x08: break
      case 0, 0x1B: break
      default:
        result.append(byte)
        if byte == .lineFeed { lineStart = result.count }
      }
    }
    return result
  }
}
