/// Directives that only mark what comes next: `.. setting:: RETRY_TIMES` above the section of that title, which the index
/// of a Sphinx project leads to.
extension RSTReader {
  /// Whether a directive is one word without a body. What is written like that as a description of its own has
  /// brackets, or a body.
  func isMark(_ directive: RSTDirective) -> Bool {
    !directive.argument.isEmpty && !directive.argument.contains(where: \.isASCIISpace)
      && !directive.argument.contains(UInt8(ascii: "("))
      && !((directive.line + 1)..<directive.end).contains { !lines[$0].isBlank }
  }

  /// Blank lines, other marks and the like that lie between a mark and what it marks, at most.
  private static let mostBetween = 16
  /// Lines of what is marked that are looked at.
  private static let longestRun = 20

  /// What becomes of a mark.
  enum MarkedText {
    /// What follows says its word.
    case namesIt
    /// The title of a section that does not.
    case title
    case other
  }

  /// - Parameter end: the line after the mark.
  func textMarked(by directive: RSTDirective, in range: Range<Int>) -> MarkedText {
    var line = directive.end
    // Other marks, targets and comments may lie between.
    var between = 0
    while line < range.upperBound, between < Self.mostBetween,
      lines[line].isBlank || lines[line].content.starts(with: ".. ")
    {
      between += 1
      line =
        lines[line].isBlank ? line + 1 : endOfIndented(after: line, in: range, indent: lines[line].indent)
    }
    var end = line
    while end < range.upperBound, end - line < Self.longestRun, !lines[end].isBlank { end += 1 }
    let run = line..<end
    guard !run.isEmpty else { return .other }
    let words = plain(directive.argument)
    if Self.holds(words, in: plain(joined(lines[run]))) { return .namesIt }
    let isTitle = run.count > 1 && (lines[line].adornment != nil || lines[line + 1].adornment != nil)
    return isTitle ? .title : .other
  }

  /// Whether a text holds a word that no letter or digit goes on.
  private static func holds(_ word: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    func isPart(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") }
    for start in 0...(text.count - word.count) where text[start] == first {
      let end = start + word.count
      guard text[start..<end].elementsEqual(word), start == 0 || !isPart(text[start - 1]),
        end == text.count || !isPart(text[end])
      else { continue }
      return true
    }
    return false
  }
}
