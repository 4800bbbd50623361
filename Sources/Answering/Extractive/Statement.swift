import Retrieval

/// The smallest piece of a passage that can be an answer: a sentence, an item of a list, a row of a table or a
/// block of code.
struct Statement: Sendable, Equatable {
  enum Kind: Sendable { case sentence, item, row, code }

  var kind: Kind
  /// Code points of the passage's text.
  var range: Range<Int>
  var text: String
  /// Index of the passage.
  var passage: Int
  /// Position in the passage, from 0.
  var position: Int

  /// Words, as a reader counts them.
  var words: Int { text.split(whereSeparator: \.isWhitespace).count }

  /// The statement on one line.
  var line: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension Statement {
  /// Longest statement in words; longer ones are cut at a word.
  static let wordLimit = 80

  /// Statements of a passage in reading order.
  static func statements(of passage: Passage, at index: Int) -> [Statement] {
    var statements: [Statement] = []
    let utf8 = Array(passage.text.utf8)
    // Code points before each byte, so that ranges come out exact.
    var points = [Int](repeating: 0, count: utf8.count + 1)
    for offset in 0..<utf8.count {
      points[offset + 1] = points[offset] + (utf8[offset] & 0xC0 == 0x80 ? 0 : 1)
    }
    func add(_ kind: Kind, _ range: Range<Int>) {
      let cut = clipped(utf8, range)
      // A continuation byte belongs to the code point that began before it.
      let start = points[cut.lowerBound]
      let end = points[cut.upperBound]
      statements.append(
        Statement(
          kind: kind, range: start..<end, text: String(decoding: utf8[cut], as: UTF8.self), passage: index,
          position: statements.count))
    }
    for paragraph in TextLayout.paragraphs(utf8) {
      switch TextLayout.kind(of: paragraph, in: utf8) {
      case .prose:
        for sentence in SentenceSplitter.sentences(in: utf8, paragraph) { add(.sentence, sentence) }
      case .list:
        for item in TextLayout.items(in: paragraph, of: utf8) {
          add(.item, TextLayout.withoutMarker(item, in: utf8))
        }
      case .table:
        for row in TextLayout.lines(in: paragraph, of: utf8) { add(.row, row) }
      case .code:
        add(.code, paragraph)
      }
    }
    return statements
  }

  private static func clipped(_ utf8: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var words = 0
    var inWord = false
    for offset in range {
      let space = utf8[offset] == 0x20 || (utf8[offset] >= 0x09 && utf8[offset] <= 0x0D)
      if !space, !inWord {
        words += 1
        if words > wordLimit {
          var end = offset
          while end > range.lowerBound, utf8[end - 1] <= 0x20 { end -= 1 }
          return range.lowerBound..<end
        }
      }
      inWord = !space
    }
    return range
  }
}
