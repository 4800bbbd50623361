/// Follows fenced code through the lines of a Markdown text, so that nothing within is taken for markup.
struct MarkdownFence {
  private var marker: UInt8 = 0
  private var length = 0

  var isOpen: Bool { length > 0 }

  /// Takes the next line; true if it is part of fenced code, the fences included.
  mutating func takes(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = Self.content(of: line, skipsMarkers: !isOpen)
    guard let first = rest.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
      return isOpen
    }
    let run = rest.prefix { $0 == first }.count
    let after = rest.dropFirst(run)
    if isOpen {
      if first == marker, run >= length, after.isBlank { length = 0 }
      return true
    }
    guard run >= 3, first == UInt8(ascii: "~") || !after.contains(first) else { return false }
    marker = first
    length = run
    return true
  }

  /// The index after the code span that begins at the start of `text`, or after its backticks where nothing in the same
  /// paragraph closes them.
  static func endOfCodeSpan(in text: ArraySlice<UInt8>) -> Int {
    let length = text.prefix { $0 == UInt8(ascii: "`") }.count
    var next = text.startIndex + length
    let limit = min(text.endIndex, next + 4000)
    while next < limit {
      if text[next] == .lineFeed, endsParagraph(text[(next + 1)..<limit]) { break }
      guard text[next] == UInt8(ascii: "`") else {
        next += 1
        continue
      }
      let closing = text[next...].prefix { $0 == UInt8(ascii: "`") }.count
      next += closing
      if closing == length { return next }
    }
    return text.startIndex + length
  }

  /// Whether the line at the start of `rest` is blank or begins another block: code, an item, a heading, a row.
  private static func endsParagraph(_ rest: ArraySlice<UInt8>) -> Bool {
    let line = rest.drop { $0 == .space || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    guard let first = line.first, first != .lineFeed else { return true }
    if "#|".utf8.contains(first) { return true }
    if "-*+".utf8.contains(first) { return line.dropFirst().first?.isASCIISpace != false }
    return line.starts(with: "```") || line.starts(with: "~~~")
  }

  /// The line without indentation, block quote markers and, where code may begin, list markers.
  private static func content(of line: ArraySlice<UInt8>, skipsMarkers: Bool) -> ArraySlice<UInt8> {
    var rest = line.drop { $0 == .space || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    guard skipsMarkers else { return rest }
    // A few levels are enough: `- 1. ```.
    for _ in 0..<4 {
      var after = rest
      if let first = rest.first, "-*+".utf8.contains(first) {
        after = rest.dropFirst()
      } else {
        let digits = rest.prefix { $0.isASCIIDigit }
        guard (1...9).contains(digits.count), let delimiter = rest.dropFirst(digits.count).first,
          ".)".utf8.contains(delimiter)
        else { break }
        after = rest.dropFirst(digits.count + 1)
      }
      guard let next = after.first, next == .space || next == 0x09 else { break }
      rest = after.drop { $0 == .space || $0 == 0x09 }
    }
    return rest
  }
}
