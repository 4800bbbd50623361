/// Text as a terminal would show it in the end.
enum TerminalText {
  /// Without escape sequences (ECMA-48 control sequences, such as colours) and with only the last state of lines
  /// that were written over, such as progress bars.
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
      case 0, 0x1B: break
      default:
        result.append(byte)
        if byte == .lineFeed { lineStart = result.count }
      }
    }
    return result
  }
}
