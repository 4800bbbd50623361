import Retrieval

/// The smallest piece of a passage that can be an answer: a sentence, an item of a list, a row of a table or a
/// block of code. Headings are told apart, as they announce an answer and give none.
struct Statement: Sendable, Equatable {
  enum Kind: Sendable {
    case sentence, item, row, code
    /// The first row of a table, which names its columns.
    case head
    /// A heading, or a question that the text itself asks.
    case heading
  }

  var kind: Kind
  /// Code points of the passage's text.
  var range: Range<Int>
  var text: String
  /// Index of the passage.
  var passage: Int
  /// Position in the passage, from 0.
  var position: Int
  /// What an item of a list begins with, such as `-` or `2.`.
  var marker: String?
  /// The headings right above it within the passage; empty where the passage begins with it.
  var section = ""
  /// The heading right above it, where that says that it is not so any more, or not at all.
  var caveat: String?
  /// Names of a row's columns, where the passage begins within the table and its head is elsewhere.
  var columns: [String]?
  /// Lines that `text` begins with and that are the term of a definition, which the rest of it gives.
  var termLines = 0
  /// Whether the text goes on behind it, because it is longer than a statement may be.
  var isCut = false
  /// The term whose definition an earlier statement began and this one goes on with.
  var under: String?
  /// Whether it is the rest of a sentence that the statement before it began.
  var goesOn = false

  /// Words, as a reader counts them.
  var words: Int { Words.spaced(text).count }

  /// The statement on one line, with a colon after the term of a definition.
  var line: String {
    guard let term else { return Self.oneLine(text) }
    return "\(term.split(separator: "\n").joined(separator: ", ")): \(Self.oneLine(definition))"
  }

  /// The terms that the statement defines, a line each; nil if it defines none.
  var term: String? { termLines > 0 ? lines.prefix(termLines).joined(separator: "\n") : nil }

  /// What is said of the term.
  var definition: String { lines.dropFirst(termLines).joined(separator: "\n") }

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.oneLine(String($0)) }
  }

  private static func oneLine(_ text: String) -> String { Words.spaced(text).joined(separator: " ") }
}

extension Statement {
  /// Longest statement in words; longer ones are cut at a word, and shown with `…` behind it.
  static let wordLimit = 80
  /// Most words and lines of a block of code, which is cut between two lines.
  static let codeWordLimit = 120
  static let lineLimit = 24

  /// Statements of a passage in reading order.
  static func statements(of passage: Passage, at index: Int) -> [Statement] {
    var statements: [Statement] = []
    let utf8 = Array(passage.text.utf8)
    // Code points before each byte, so that ranges come out exact.
    var points = [Int](repeating: 0, count: utf8.count + 1)
    for offset in 0..<utf8.count {
      points[offset + 1] = points[offset] + (utf8[offset] & 0xC0 == 0x80 ? 0 : 1)
    }
    var section = ""
    var caveat = passage.headingPath.last.flatMap(Caveat.heading)
    func add(_ kind: Kind, _ range: Range<Int>) {
      let cut = kind == .code ? wholeLines(utf8, range) : clipped(utf8, range)
      // A continuation byte belongs to the code point that began before it.
      let start = points[cut.lowerBound]
      let end = points[cut.upperBound]
      statements.append(
        Statement(
          kind: kind, range: start..<end, text: String(decoding: utf8[cut], as: UTF8.self), passage: index,
          position: statements.count, section: section, caveat: caveat))
      statements[statements.count - 1].isCut = cut != range
      if let previous = statements.dropLast().last {
        statements[statements.count - 1].goesOn = statements[statements.count - 1].goesOn(after: previous)
      }
    }
    func addHeading(_ range: Range<Int>) {
      let isNested = statements.last?.kind == .heading
      add(.heading, range)
      let line = statements.last?.line ?? ""
      section = (isNested ? section + " " : "") + line
      caveat = Caveat.heading(line)
    }
    func addSentences(of paragraph: Range<Int>) {
      let term = DefinedTerm.range(in: paragraph, of: utf8)
      var body = paragraph
      if let term {
        while body.lowerBound < term.upperBound || utf8[body.lowerBound] <= 0x20 {
          body = body.lowerBound + 1..<body.upperBound
        }
      }
      for (index, sentence) in SentenceSplitter.sentences(in: utf8, body).enumerated() {
        let isFirst = index == 0 && term != nil
        let range = isFirst ? paragraph.lowerBound..<sentence.upperBound : sentence
        add(AskingText.isQuestion(utf8[range]) ? .heading : .sentence, range)
        guard let term else { continue }
        let lines = TextLayout.lines(in: term, of: utf8)
        if isFirst {
          statements[statements.count - 1].termLines = lines.count
        } else {
          statements[statements.count - 1].under = lines.map { String(decoding: utf8[$0], as: UTF8.self) }
            .joined(separator: ", ")
        }
      }
    }
    let headings = Set(([passage.title].compactMap(\.self) + passage.headingPath))
    let parts = TextLayout.parts(utf8)
    let headingLines = HeadingLines.indices(of: parts, in: utf8)
    let references = ReferenceLines.indices(of: parts, in: utf8, under: passage.headingPath.last)
    for (number, part) in parts.enumerated() where !references.contains(number) {
      let paragraph = part.range
      // Somebody else's words, in a message that answers them.
      if TextLayout.isQuoted(part, in: utf8, isFirst: number == 0) { continue }
      switch part.kind {
      case .prose:
        if headingLines.contains(number) || isHeading(utf8[paragraph], headings) {
          addHeading(paragraph)
        } else {
          addSentences(of: paragraph)
        }
      case .list:
        for item in TextLayout.items(in: paragraph, of: utf8) {
          let text = TextLayout.withoutMarker(item, in: utf8)
          add(AskingText.isQuestion(utf8[text]) ? .heading : .item, text)
          if text != item {
            let marker = utf8[item.lowerBound..<text.lowerBound].dropLast()
            statements[statements.count - 1].marker = String(decoding: marker, as: UTF8.self)
          }
        }
      case .table:
        let rows = TextLayout.lines(in: paragraph, of: utf8)
        // A chunk may begin within a table: what is its first row there is not its head.
        let columns = paragraph.lowerBound == 0 ? passage.tableHead.map(Self.cells) : nil
        for (index, row) in rows.enumerated() where !TextLayout.dividesTable(utf8[row]) {
          add(index == 0 && columns == nil && rows.count > 1 ? .head : .row, row)
          statements[statements.count - 1].columns = columns
        }
      case .code:
        add(.code, paragraph)
      }
    }
    return statements
  }

  /// Whether a paragraph is one line that begins as Markdown's headings do, or is one of the passage's headings.
  private static func isHeading(_ paragraph: ArraySlice<UInt8>, _ headings: Set<String>) -> Bool {
    if headings.contains(where: { $0.utf8.elementsEqual(paragraph) }) { return true }
    return HeadingLines.isMarked(paragraph)
  }

  /// Whether it is an item of a numbered list.
  var isStep: Bool { marker?.first?.isNumber ?? false }

  /// Whether it is the one before `other` in the same passage.
  func stands(before other: Statement) -> Bool {
    passage == other.passage && position + 1 == other.position
  }

  /// As many lines as fit, the first one at least up to the limit of words.
  private static func wholeLines(_ utf8: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var words = 0
    var end = range.lowerBound
    for line in TextLayout.lines(in: range, of: utf8).prefix(lineLimit) {
      words += utf8[line].split(separator: 0x20).count
      if words > codeWordLimit { break }
      end = line.upperBound
    }
    return end > range.lowerBound ? range.lowerBound..<end : clipped(utf8, range)
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
