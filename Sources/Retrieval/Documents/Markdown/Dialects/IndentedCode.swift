/// Follows indented code through the lines of a Markdown text outside fences: what stands four columns in after a blank line,
/// and below nothing that indented lines belong to.
struct IndentedCode {
  /// Whether the next line can begin code: a paragraph goes on over lines however they are indented.
  private(set) var isAfterBlank = true
  private var holdsIndented = false

  /// Takes the next line; true if it is code.
  mutating func takes(_ line: ArraySlice<UInt8>) -> Bool {
    let content = line.trimmedSpace
    guard let first = content.first else {
      isAfterBlank = true
      return false
    }
    let indent = line.indentColumns
    if indent >= 4, isAfterBlank, !holdsIndented { return true }
    isAfterBlank = first == UInt8(ascii: "#")
    if indent < 2 { holdsIndented = Self.holdsIndented(content) }
    return false
  }

  /// Takes note that a fence ended.
  mutating func passFence() { isAfterBlank = true }

  /// Whether what is indented below a line belongs to it: an item of a list, a box, a tab, a definition, a footnote.
  private static func holdsIndented(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    if "!?=:/".utf8.contains(first), line.count >= 3, line.prefix(3).allSatisfy({ $0 == first }) {
      return true
    }
    return beginsItem(line) || line.starts(with: ": ") || line.starts(with: "[^")
  }

  /// Whether a line without indentation begins an item of a list.
  static func beginsItem(_ line: ArraySlice<UInt8>) -> Bool {
    let digits = line.prefix { $0.isASCIIDigit }
    guard let mark = line[digits.endIndex...].first,
      (digits.isEmpty ? "-*+" : ".)").utf8.contains(mark)
    else { return false }
    return line[(digits.endIndex + 1)...].first?.isASCIISpace != false
  }
}
