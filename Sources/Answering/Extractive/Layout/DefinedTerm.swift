/// Finds the term of a definition, where a stored text keeps nothing of it but a line of its own: `--soft`, and on the next
/// line what it does.
enum DefinedTerm {
  /// Most words of a term, and of the terms that share a definition.
  private static let wordLimit = 12
  private static let lineLimit = 4
  /// Lines that are all shorter, in bytes, are not wrapped, if the first has at most this many words.
  private static let narrow = (width: 40, words: 6)

  /// The lines of a paragraph that are its terms, as a range of bytes; nil where it has none.
  static func range(in paragraph: Range<Int>, of utf8: [UInt8]) -> Range<Int>? {
    let lines = TextLayout.lines(in: paragraph, of: utf8)
    guard lines.count > 1, let last = lines.last, let closing = utf8[last].last,
      ".!?:)".utf8.contains(closing)
    else { return nil }
    let width = lines.map(\.count).max() ?? 0
    var terms = 0
    while terms < lines.count - 1, terms < lineLimit, isTerm(utf8[lines[terms]]) {
      // What was wrapped ends where the next word would not have fitted.
      let word = utf8[lines[terms + 1]].prefix { $0 != 0x20 }.count
      guard lines[terms].count + 1 + word <= width || width < narrow.width && isShort(utf8[lines[terms]])
      else { return nil }
      terms += 1
    }
    guard terms > 0, isProse(utf8[lines[terms].lowerBound..<paragraph.upperBound]) else { return nil }
    return lines[0].lowerBound..<lines[terms - 1].upperBound
  }

  private static func isTerm(_ line: ArraySlice<UInt8>) -> Bool {
    // What ends with a bracket is a call over several lines.
    guard let last = line.last, !".,:;!?([{".utf8.contains(last) else { return false }
    return line.split(separator: 0x20).count <= wordLimit
  }

  private static func isShort(_ line: ArraySlice<UInt8>) -> Bool {
    line.split(separator: 0x20).count <= narrow.words
  }

  /// Whether a definition begins as a sentence does, and has the length of one.
  private static func isProse(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, text.split(separator: 0x20, maxSplits: 4).count > 2 else { return false }
    return (0x41...0x5A).contains(first) || (0x30...0x39).contains(first) || first >= 0x80
      || "\"'(`".utf8.contains(first)
  }
}
