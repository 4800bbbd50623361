/// A command where it stands in a source: `\emph`, `\%`.
struct LaTeXCommand {
  /// Letters, without a star behind them; or one other sign.
  let name: String
  /// The place behind it.
  let end: Int

  /// Bytes of an argument at most; what is not closed until then is none.
  private static let longest = 2000

  /// Nil where a source ends with a backslash.
  init?(in text: [UInt8], at index: Int) {
    guard index + 1 < text.count, text[index] == UInt8(ascii: "\\") else { return nil }
    var end = index + 1
    while end < text.count, text[end].isASCIILetter { end += 1 }
    if end == index + 1 {
      // One code point.
      end += 1
      while end < text.count, text[end].isContinuation { end += 1 }
      name = text[(index + 1)..<end].string
    } else {
      name = text[(index + 1)..<end].string
      if end < text.count, text[end] == UInt8(ascii: "*") { end += 1 }
    }
    self.end = end
  }

  /// What stands in braces behind it, options before that left out; empty where nothing does.
  func argument(in text: [UInt8]) -> (range: Range<Int>, end: Int) {
    var start = end
    if let option = option(in: text) { start = option.end }
    return Self.group(in: text[...], at: start, opening: UInt8(ascii: "{")) ?? (start..<start, start)
  }

  /// What stands in square brackets behind it.
  func option(in text: [UInt8]) -> (range: Range<Int>, end: Int)? {
    Self.group(in: text[...], at: end, opening: UInt8(ascii: "["))
  }

  /// What a brace or a square bracket at a place holds, and the place behind what closes it.
  static func group(
    in text: ArraySlice<UInt8>, at start: Int, opening: UInt8? = nil
  ) -> (range: Range<Int>, end: Int)? {
    guard start < text.endIndex, text[start] == UInt8(ascii: "{") || text[start] == UInt8(ascii: "["),
      opening == nil || text[start] == opening
    else { return nil }
    let isBrace = text[start] == UInt8(ascii: "{")
    var depth = 0
    var index = start
    while index < text.endIndex, index - start < longest {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "["): if !isBrace, index == start { depth += 1 }
      case UInt8(ascii: "}"):
        depth -= 1
        if isBrace, depth == 0 { return (start + 1..<index, index + 1) }
      case UInt8(ascii: "]"): if !isBrace, depth == 1 { return (start + 1..<index, index + 1) }
      default: break
      }
      index += 1
    }
    return nil
  }
}
