import Retrieval

/// Tells headings from prose, where a stored text keeps nothing of them but a line of their own.
enum HeadingLines {
  /// Most words of a heading.
  private static let wordLimit = 12
  /// Lines that follow each other and look like headings are not, if there are so many: they are a list of something.
  private static let run = 3

  private static let codeSigns = ByteSet("\n={}|\\<>")

  /// Indices of the parts that head what follows.
  static func indices(of parts: [TextLayout.Part], in utf8: [UInt8]) -> Set<Int> {
    var indices: Set<Int> = []
    var start = 0
    while start < parts.count {
      var end = start
      while end < parts.count, parts[end].kind == .prose, isHeading(utf8[parts[end].range]),
        !CodeMargin.marks([parts[end].range], in: utf8)
      {
        end += 1
      }
      let isLedTo = start > 0 && utf8[parts[start - 1].range.upperBound - 1] == UInt8(ascii: ":")
      // What nothing follows heads nothing.
      if end < parts.count, end - start < run, !isLedTo { indices.formUnion(start..<end) }
      start = max(end, start + 1)
    }
    return indices
  }

  /// Whether a paragraph is one line that begins as Markdown's headings do.
  static func isMarked(_ paragraph: ArraySlice<UInt8>) -> Bool {
    let signs = paragraph.prefix { $0 == UInt8(ascii: "#") }
    return (1...6).contains(signs.count) && paragraph.dropFirst(signs.count).first == 0x20
      && !paragraph.contains(0x0A)
  }

  /// Whether a paragraph is one short line that is written as a heading is and ends as no sentence does, or a lone word.
  static func isHeading(_ paragraph: ArraySlice<UInt8>) -> Bool {
    guard let first = paragraph.first, let last = paragraph.last, !".,:;!".utf8.contains(last),
      !paragraph.contains(where: codeSigns.contains)
    else { return false }
    let words = Words.spaced(String(decoding: paragraph, as: UTF8.self))
    let isNamed = words.first?.contains(where: \.isUppercase) ?? false
    // A name and a value are a statement of their own.
    return words.count == 1
      || words.count <= wordLimit && !words.contains { $0.last == ":" }
        && (isNamed || (0x30...0x39).contains(first) || first >= 0x80)
  }
}
