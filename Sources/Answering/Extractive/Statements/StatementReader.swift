import Retrieval

/// Takes a passage apart into statements.
struct StatementReader {
  /// In reading order.
  private(set) var statements: [Statement] = []

  private let passage: Passage
  private let index: Int
  private let utf8: [UInt8]
  /// Code points before each byte, so that ranges come out exact.
  private let points: [Int]
  /// The headings right above what is read next.
  private var section = ""
  /// The number of the last heading that has one.
  private var number: SectionNumber?
  private var caveat: String?
  /// The last term that was defined below them.
  private var entry: String?

  /// Longest statement in words; longer ones are cut at a word, and shown with `…` behind it.
  static let wordLimit = 80
  /// Most words and lines of a block of code, which is cut between two lines.
  private static let codeWordLimit = 120
  private static let lineLimit = 24

  /// - Parameter index: position of the passage among those of an answer.
  init(_ passage: Passage, at index: Int) {
    self.passage = passage
    self.index = index
    utf8 = Array(passage.text.utf8)
    var points = [Int](repeating: 0, count: utf8.count + 1)
    for offset in 0..<utf8.count {
      points[offset + 1] = points[offset] + (utf8[offset] & 0xC0 == 0x80 ? 0 : 1)
    }
    self.points = points
    caveat = passage.headingPath.last.flatMap(Caveat.heading)
    number = passage.headingPath.last.flatMap { SectionNumber($0.utf8) }
    read()
  }

  private mutating func read() {
    let titles = Set(passage.titles)
    let parts = TextLayout.parts(utf8)
    let headingLines = HeadingLines.indices(of: parts, in: utf8)
    let references = ReferenceLines.indices(of: parts, in: utf8, under: passage.headingPath.last)
    for (number, part) in parts.enumerated() where !references.contains(number) {
      // Somebody else's words, in a message that answers them.
      if TextLayout.isQuoted(part, in: utf8, isFirst: number == 0) { continue }
      // Many commands are titled with their names, which are code elsewhere.
      if part.kind == .code, beginsLine(part.range.lowerBound), isTitle(utf8[part.range], titles) {
        addHeading(part.range)
        continue
      }
      switch part.kind {
      case .prose where Salutation.isSalutation(utf8[part.range]): continue
      case .prose:
        if headingLines.contains(number) || isHeading(utf8[part.range], titles) {
          addHeading(part.range)
        } else {
          addSentences(of: part.range)
        }
      case .list where takesAsHeading(part.range): addHeading(part.range)
      case .list: addItems(of: part.range)
      case .table: addRows(of: part.range)
      case .code: add(.code, part.range)
      case .options: addOptions(part.options)
      }
    }
  }

  private mutating func add(_ kind: Statement.Kind, _ range: Range<Int>) {
    let cut = kind == .code ? wholeLines(range) : clipped(range)
    // A continuation byte belongs to the code point that began before it.
    let start = points[cut.lowerBound]
    let end = points[cut.upperBound]
    var statement = Statement(
      kind: kind, range: start..<end, text: String(decoding: utf8[cut], as: UTF8.self), passage: index,
      position: statements.count, section: section, caveat: caveat)
    statement.isCut = cut != range
    if let previous = statements.last { statement.goesOn = statement.goesOn(after: previous) }
    statements.append(statement)
  }

  /// Whether what looks like an item of a list is the next numbered heading.
  private mutating func takesAsHeading(_ paragraph: Range<Int>) -> Bool {
    guard let last = number, let next = SectionNumber(utf8[paragraph]), next.follows(last),
      HeadingLines.isHeading(utf8[paragraph])
    else { return false }
    number = next
    return true
  }

  /// Changes the statement that was added last.
  private mutating func withLast(_ change: (inout Statement) -> Void) {
    change(&statements[statements.count - 1])
  }

  private mutating func addHeading(_ range: Range<Int>) {
    let isNested = statements.last?.kind == .heading
    add(.heading, range)
    let line = statements.last?.line ?? ""
    section = (isNested ? section + " " : "") + line
    caveat = Caveat.heading(line)
    entry = nil
  }

  private mutating func addSentences(of paragraph: Range<Int>) {
    if let term = DefinedTerm.range(in: paragraph, of: utf8) {
      addDefinition(of: term, in: paragraph)
    } else if let line = TextLayout.lines(in: paragraph, of: utf8).first,
      line.upperBound < paragraph.upperBound, let name = SignatureLine.name(of: utf8[line])
    {
      for (index, sentence) in sentences(line.upperBound..<paragraph.upperBound).enumerated() {
        addSentence(sentence)
        withLast { statement in
          if index == 0 { statement.signature = name } else { statement.under = name }
        }
      }
    } else {
      addLabelled(sentences(paragraph))
      // "Default: 2" in a paragraph of its own ends an entry.
      if let entry, statements.last?.saysDefault == true { withLast { $0.under = $0.under ?? entry } }
    }
  }

  private mutating func addDefinition(of term: Range<Int>, in paragraph: Range<Int>) {
    var body = paragraph
    while body.lowerBound < term.upperBound || utf8[body.lowerBound] <= 0x20 {
      body = body.lowerBound + 1..<body.upperBound
    }
    let lines = TextLayout.lines(in: term, of: utf8)
    let names = lines.map { String(decoding: utf8[$0], as: UTF8.self) }
    for (index, sentence) in sentences(body).enumerated() {
      addSentence(index == 0 ? paragraph.lowerBound..<sentence.upperBound : sentence)
      withLast { statement in
        if index == 0 {
          statement.termLines = lines.count
        } else {
          statement.under = names.joined(separator: ", ")
        }
      }
    }
    entry = names.joined(separator: ", ")
  }

  /// Sentences, of which the first may be a label: it says nothing without the second, and the others are about the same.
  private mutating func addLabelled(_ sentences: [Range<Int>]) {
    guard sentences.count > 1, RunInLabel.isLabel(utf8[sentences[0]]),
      !utf8[sentences[0].upperBound..<sentences[1].lowerBound].contains(0x0A)
    else {
      for sentence in sentences { addSentence(sentence) }
      return
    }
    addSentence(sentences[0].lowerBound..<sentences[1].upperBound)
    let label = String(decoding: utf8[sentences[0]].dropLast(), as: UTF8.self)
    for sentence in sentences.dropFirst(2) {
      addSentence(sentence)
      withLast { $0.under = label }
    }
  }

  private mutating func addOptions(_ options: [HelpLines.Entry]) {
    for option in options {
      add(.sentence, option.term.lowerBound..<option.text.upperBound)
      // What is behind the option stands far from it.
      let term = String(decoding: utf8[option.term], as: UTF8.self)
      withLast { statement in
        statement.text = "\(term)\n" + statement.text.dropFirst(term.count).drop(while: \.isWhitespace)
        statement.termLines = 1
      }
    }
  }

  /// Those of a paragraph, without what only says where they are from.
  private func sentences(_ range: Range<Int>) -> [Range<Int>] {
    SentenceSplitter.sentences(in: utf8, range).filter { !BareSource.isSource(utf8, $0) }
      .map { BareSource.withoutSource(utf8, $0) }
  }

  private mutating func addSentence(_ range: Range<Int>) {
    add(AskingText.isQuestion(utf8[range]) ? .heading : .sentence, range)
  }

  private mutating func addItems(of list: Range<Int>) {
    for item in TextLayout.items(in: list, of: utf8) {
      let text = TextLayout.withoutMarker(item, in: utf8)
      add(AskingText.isQuestion(utf8[text]) ? .heading : .item, text)
      if text != item {
        let marker = String(decoding: utf8[item.lowerBound..<text.lowerBound].dropLast(), as: UTF8.self)
        withLast { $0.marker = marker }
      }
    }
  }

  private mutating func addRows(of table: Range<Int>) {
    let rows = TextLayout.lines(in: table, of: utf8)
    // A chunk may begin within a table: what is its first row there is not its head.
    let columns = table.lowerBound == 0 ? passage.tableHead.map(Statement.cells) : nil
    for (index, row) in rows.enumerated() where !TextLayout.dividesTable(utf8[row]) {
      add(index == 0 && columns == nil && rows.count > 1 ? .head : .row, row)
      withLast { $0.columns = columns }
    }
  }

  /// Whether something stands at the beginning of its line, before which code mostly has white space.
  private func beginsLine(_ offset: Int) -> Bool { offset == 0 || utf8[offset - 1] == 0x0A }

  /// Whether a paragraph is one line that begins as Markdown's headings do, or is one of the passage's titles.
  private func isHeading(_ paragraph: ArraySlice<UInt8>, _ titles: Set<String>) -> Bool {
    isTitle(paragraph, titles) || HeadingLines.isMarked(paragraph)
  }

  private func isTitle(_ paragraph: ArraySlice<UInt8>, _ titles: Set<String>) -> Bool {
    titles.contains { $0.utf8.elementsEqual(paragraph) }
  }

  /// As many lines as fit, the first one at least up to the limit of words.
  private func wholeLines(_ range: Range<Int>) -> Range<Int> {
    var words = 0
    var end = range.lowerBound
    for line in TextLayout.lines(in: range, of: utf8).prefix(Self.lineLimit) {
      words += utf8[line].split(separator: 0x20).count
      if words > Self.codeWordLimit { break }
      end = line.upperBound
    }
    return end > range.lowerBound ? range.lowerBound..<end : clipped(range)
  }

  /// As many words as fit.
  private func clipped(_ range: Range<Int>) -> Range<Int> {
    var words = 0
    var inWord = false
    for offset in range {
      let space = utf8[offset] == 0x20 || (utf8[offset] >= 0x09 && utf8[offset] <= 0x0D)
      if !space, !inWord {
        words += 1
        if words > Self.wordLimit {
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
