import Retrieval

/// The smallest piece of a passage that can be an answer: a sentence, an item of a list, a row of a table or a
/// block of code. Headings are told apart, as they announce an answer and give none.
struct Statement: Sendable, Equatable {
  enum Kind: Sendable { case sentence, item, row, code, heading }

  var kind: Kind
  /// Code points of the passage's text.
  var range: Range<Int>
  var text: String
  /// Index of the passage.
  var passage: Int
  /// Position in the passage, from 0.
  var position: Int

  /// Words, as a reader counts them.
  var words: Int { Words.spaced(text).count }

  /// The statement on one line.
  var line: String { Words.spaced(text).joined(separator: " ") }
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
        if isHeading(utf8[paragraph]) {
          add(.heading, paragraph)
        } else {
          for sentence in SentenceSplitter.sentences(in: utf8, paragraph) { add(.sentence, sentence) }
        }
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

  /// Whether a paragraph is one line that begins as Markdown's headings do.
  private static func isHeading(_ paragraph: ArraySlice<UInt8>) -> Bool {
    let signs = paragraph.prefix { $0 == UInt8(ascii: "#") }
    return (1...6).contains(signs.count) && paragraph.dropFirst(signs.count).first == 0x20
      && !paragraph.contains(0x0A)
  }

  private static let pointing: Set<String> = [
    "this", "these", "that", "those", "it", "its", "they", "them", "their", "he", "she", "his", "her", "such",
    "both", "thus", "therefore", "hence", "otherwise", "instead", "then",
  ]

  /// Whether it is the one before `other` in the same passage.
  func stands(before other: Statement) -> Bool {
    passage == other.passage && position + 1 == other.position
  }

  /// Whether it begins with a word that points back to the sentence before it.
  var pointsBack: Bool {
    kind == .sentence && Words.of(String(text.prefix(40))).first.map(Self.pointing.contains) == true
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
