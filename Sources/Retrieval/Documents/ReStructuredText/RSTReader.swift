/// Reads the blocks of a reStructuredText document.
struct RSTReader {
  /// Deeper indentation is read as plain paragraphs.
  static let maximumDepth = 40

  var lines: [RSTLine]
  var builder: DocumentBuilder
  private(set) var substitutions: [String: [UInt8]] = [:]
  private var titleStyles: [TitleStyle] = []
  private var identifiers: Set<String> = []
  /// The target that points at the next block.
  var anchor: String?
  /// List items that are open, for indentation.
  var listDepth = 0
  /// What stands before the text of the next paragraph and makes it a list item: `- `.
  var marker: String?
  /// What stands before the text of the next paragraph: `Note: `.
  var lead: String?
  /// Lines that belong right above the next paragraph: a term before its definition.
  var term: (text: [UInt8], anchor: String?)?
  var quotes = 0
  /// The Python module and classes that surround what is described, for its anchors.
  var scopes: [String] = []
  /// What marks the section that follows and is not in its title.
  var marks: [[UInt8]] = []
  private var number = 0

  private struct TitleStyle: Equatable {
    var sign: UInt8
    var hasOverline: Bool
  }

  init(_ text: [UInt8], into builder: DocumentBuilder) {
    let source = TextLines(text)
    lines = (0..<source.count).map { RSTLine(source[$0]) }
    self.builder = builder
    collectSubstitutions()
  }

  private mutating func collectSubstitutions() {
    for line in lines where line.content.starts(with: ".. |") {
      let rest = line.content.dropFirst(4)
      guard let bar = rest.firstIndex(of: UInt8(ascii: "|")) else { continue }
      let definition = rest[(bar + 1)...].trimmedSpace
      guard definition.starts(with: "replace:: ") else { continue }
      let text = RSTInline.plain(definition.dropFirst(10).trimmedSpace)
      // A long one would make a small file into any amount of text.
      if text.count <= 200 { substitutions[rest[..<bar].lowercasedString] = text }
    }
  }

  /// Without inline markup and with single spaces.
  func plain(_ text: some Collection<UInt8>) -> [UInt8] {
    let words = RSTInline.plain(text, substitutions: substitutions)
    var previous: UInt8 = 0
    return words.filter { byte in
      defer { previous = byte }
      return byte != .space || previous != .space
    }
  }

  // MARK: Body

  /// Reads lines that are indented by `indent` columns or more.
  mutating func readBody(_ range: Range<Int>, indent: Int, depth: Int) {
    guard depth < Self.maximumDepth else { return readFlat(range) }
    var line = range.lowerBound
    number = 0
    while line < range.upperBound {
      if lines[line].isBlank {
        line += 1
      } else if lines[line].indent > indent {
        let end = endOfIndented(after: line, in: range, indent: indent)
        quotes += 1
        readBody(line..<end, indent: smallestIndent(line..<end), depth: depth + 1)
        quotes -= 1
        line = end
      } else {
        line = readElement(at: line, in: range, depth: depth)
      }
    }
  }

  /// Reads what begins at a line and returns the line after it.
  private mutating func readElement(at line: Int, in range: Range<Int>, depth: Int) -> Int {
    let content = lines[line].content
    if depth == 0, let end = readTitle(at: line, in: range) { return end }
    if let end = readTable(at: line, in: range) { return end }
    if content.starts(with: ".. ") || content.elementsEqual("..".utf8) {
      return readExplicitMarkup(at: line, in: range, depth: depth)
    }
    if content.starts(with: "__ ") { return line + 1 }
    if content.starts(with: ">>> ") { return readDoctest(at: line, in: range) }
    if content.starts(with: "| ") || content.elementsEqual("|".utf8) {
      return readLineBlock(at: line, in: range)
    }
    if let item = RSTListItem(
      content, next: line + 1 < range.upperBound ? lines[line + 1] : nil, at: lines[line].indent)
    {
      return readItem(item, at: line, in: range, depth: depth)
    }
    return readText(at: line, in: range, depth: depth)
  }

  /// The first line after `line` that is not blank and not indented deeper than `indent`.
  func endOfIndented(after line: Int, in range: Range<Int>, indent: Int) -> Int {
    var end = line + 1
    while end < range.upperBound, lines[end].isBlank || lines[end].indent > indent { end += 1 }
    return end
  }

  func smallestIndent(_ range: Range<Int>) -> Int {
    lines[range].lazy.filter { !$0.isBlank }.map(\.indent).min() ?? 0
  }

  /// Paragraphs without structure.
  private mutating func readFlat(_ range: Range<Int>) {
    for run in lines[range].split(whereSeparator: \.isBlank) { emitParagraph(joined(run)) }
  }

  func joined(_ run: ArraySlice<RSTLine>) -> [UInt8] {
    Array(run.lazy.map(\.content).joined(separator: [.space]))
  }

  // MARK: Titles

  private mutating func readTitle(at line: Int, in range: Range<Int>) -> Int? {
    guard line + 1 < range.upperBound else { return skippedTransition(at: line, in: range) }
    if let sign = lines[line].adornment {
      guard line + 2 < range.upperBound, !lines[line + 1].isBlank, lines[line + 2].adornment == sign,
        lines[line + 1].adornment == nil, lines[line].content.count >= 3
      else { return skippedTransition(at: line, in: range) }
      emitTitle(lines[line + 1].content, TitleStyle(sign: sign, hasOverline: true))
      return line + 3
    }
    guard let sign = lines[line + 1].adornment, lines[line + 1].indent == 0, lines[line].indent == 0 else {
      return nil
    }
    let width = lines[line].content.string.unicodeScalars.count
    let length = lines[line + 1].content.count
    guard length >= width || length >= 4, !lines[line + 1].content.elementsEqual("::".utf8),
      !lines[line + 1].content.elementsEqual("..".utf8)
    else { return nil }
    emitTitle(lines[line].content, TitleStyle(sign: sign, hasOverline: false))
    return line + 2
  }

  /// A line of signs between paragraphs.
  private func skippedTransition(at line: Int, in range: Range<Int>) -> Int? {
    guard lines[line].adornment != nil, lines[line].content.count >= 4,
      line + 1 >= range.upperBound || lines[line + 1].isBlank
    else { return nil }
    return line + 1
  }

  private mutating func emitTitle(_ title: ArraySlice<UInt8>, _ style: TitleStyle) {
    let level: Int
    if let known = titleStyles.firstIndex(of: style) {
      level = known + 1
    } else {
      titleStyles.append(style)
      level = titleStyles.count
    }
    let words = plain(title)
    let own = identifier(of: words)
    emit(.heading(level: min(level, 6)), words, anchor: anchor ?? own)
    anchor = nil
    let marks = marks
    self.marks = []
    for mark in marks { emitParagraph(mark) }
  }

  /// The id that docutils gives to a section; a repeated one gets a number of its own there, and none here.
  private mutating func identifier(of title: [UInt8]) -> String? {
    let name = Self.identifier(title)
    return name.isEmpty || !identifiers.insert(name).inserted ? nil : name
  }

  /// Lower case, with hyphens for everything that is neither letter nor digit (docutils `make_id`).
  static func identifier(_ name: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    for byte in name {
      if byte.isASCIILetter || (byte.isASCIIDigit && !result.isEmpty) {
        result.append(byte.asciiLowercased)
      } else if let last = result.last, last != UInt8(ascii: "-"), byte < 0x80 {
        result.append(UInt8(ascii: "-"))
      }
    }
    while result.last == UInt8(ascii: "-") { result.removeLast() }
    return result.string
  }

  // MARK: Lists

  private mutating func readItem(_ item: RSTListItem, at line: Int, in range: Range<Int>, depth: Int) -> Int {
    let indent = lines[line].indent
    let end = endOfIndented(after: line, in: range, indent: indent)
    if item.isMetadata { return end }
    flushLead()
    let outer = number
    if item.isAutomatic {
      number += 1
      marker = "\(number). "
    } else {
      marker = item.marker
    }
    let current = item.isAutomatic ? number : outer
    listDepth += 1
    let body = (line + 1)..<end
    var inner = indent + item.width
    if item.isField || item.rest.isEmpty {
      if body.contains(where: { !lines[$0].isBlank }) { inner = smallestIndent(body) }
    } else if let next = body.first, !lines[next].isBlank {
      inner = min(inner, lines[next].indent)
    }
    lines[line] = RSTLine(indent: item.rest.isEmpty ? 0 : inner, content: item.rest)
    readBody(line..<end, indent: inner, depth: depth + 1)
    listDepth -= 1
    if let text = marker, item.isField { emitParagraph(Array(text.utf8)) }
    marker = nil
    number = current
    return end
  }

  // MARK: Paragraphs and code

  /// A paragraph, or a term with its definition.
  private mutating func readText(at line: Int, in range: Range<Int>, depth: Int) -> Int {
    let indent = lines[line].indent
    number = 0
    var end = line + 1
    while end < range.upperBound, !lines[end].isBlank, lines[end].indent == indent { end += 1 }
    let isFollowedByIndented = end < range.upperBound && !lines[end].isBlank && lines[end].indent > indent
    if isFollowedByIndented, end == line + 1 || isInGlossary {
      flushTerm()
      let words = lines[line..<end].map { plain(Self.withoutClassifier($0.content)) }
      term = (Array(words.joined(separator: [.lineFeed])), anchor)
      anchor = nil
      let close = endOfIndented(after: end, in: range, indent: indent)
      readBody(end..<close, indent: smallestIndent(end..<close), depth: depth + 1)
      flushTerm()
      return close
    }
    var text = joined(lines[line..<end])
    let opensLiteral = text.suffix(2).elementsEqual("::".utf8)
    if opensLiteral {
      text.removeLast(text.count > 2 && !text[text.count - 3].isASCIISpace ? 1 : 2)
    }
    emitParagraph(plain(text))
    return opensLiteral ? readLiteral(at: end, in: range, indent: indent) : end
  }

  /// In a glossary several terms may share a definition.
  var isInGlossary: Bool { glossaries > 0 }
  var glossaries = 0

  private static func withoutClassifier(_ term: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let index = term.indices.dropLast(2).first(where: { term[$0...].starts(with: " : ") }) else {
      return term
    }
    return term[..<index]
  }

  /// The indented or quoted lines after `::`.
  private mutating func readLiteral(at line: Int, in range: Range<Int>, indent: Int) -> Int {
    var start = line
    while start < range.upperBound, lines[start].isBlank { start += 1 }
    guard start < range.upperBound, start > line || lines[start].indent > indent else { return line }
    var end = start
    if lines[start].indent > indent {
      end = endOfIndented(after: start, in: range, indent: indent)
    } else if let sign = lines[start].content.first, sign.isASCIIPunctuation, lines[start].indent == indent {
      while end < range.upperBound, lines[end].indent == indent, lines[end].content.first == sign { end += 1 }
    } else {
      return line
    }
    emit(.code, CodeMargin.added(to: lines[start..<end].verbatim))
    return end
  }

  private mutating func readDoctest(at line: Int, in range: Range<Int>) -> Int {
    var end = line
    while end < range.upperBound, !lines[end].isBlank { end += 1 }
    emit(.code, CodeMargin.added(to: lines[line..<end].verbatim))
    return end
  }

  private mutating func readLineBlock(at line: Int, in range: Range<Int>) -> Int {
    let indent = lines[line].indent
    var end = line
    var text: [UInt8] = []
    while end < range.upperBound, !lines[end].isBlank {
      let content = lines[end].content
      if content.first == UInt8(ascii: "|"), lines[end].indent == indent {
        if end > line { text.append(.lineFeed) }
        text += plain(content.dropFirst().trimmedSpace)
      } else if lines[end].indent > indent {
        text += [.space] + plain(content)
      } else {
        break
      }
      end += 1
    }
    emitParagraph(text)
    return max(end, line + 1)
  }

  private mutating func readTable(at line: Int, in range: Range<Int>) -> Int? {
    let content = lines[line].content
    let indent = lines[line].indent
    var end = line + 1
    if content.first == UInt8(ascii: "+"), content.count > 2, content.last == UInt8(ascii: "+"),
      content.allSatisfy({ "+-=".utf8.contains($0) })
    {
      while end < range.upperBound, lines[end].indent == indent, let first = lines[end].content.first,
        first == UInt8(ascii: "+") || first == UInt8(ascii: "|")
      { end += 1 }
      emitTable(RSTTable.grid(lines[line..<end]))
      return end
    }
    guard content.first == UInt8(ascii: "="), content.contains(.space), RSTTable.isRule(content) else {
      return nil
    }
    var borders = 1
    var lastBorder: Int?
    while end < range.upperBound, borders < 3 {
      if lines[end].content.first == UInt8(ascii: "="), RSTTable.isRule(lines[end].content) {
        borders += 1
        lastBorder = end
        // A border before a blank line is the bottom; one before a row is below the header.
        if end + 1 >= range.upperBound || lines[end + 1].isBlank { break }
      }
      end += 1
    }
    guard let lastBorder else { return nil }
    emitTable(RSTTable.simple(lines[line..<lastBorder]))
    return lastBorder + 1
  }

  // MARK: Output

  mutating func emitTable(_ rows: [RSTTable.Row]) {
    var text: [UInt8] = []
    for row in rows {
      var cells = row.map { plain($0) }
      while cells.last?.isEmpty == true { cells.removeLast() }
      if cells.isEmpty { continue }
      if !text.isEmpty { text.append(.lineFeed) }
      text += cells.joined(separator: Array(" | ".utf8))
    }
    emit(.table, text)
  }

  mutating func emitParagraph(_ text: [UInt8]) {
    guard !text.isBlank else { return }
    var text = text
    if let words = lead {
      text = Array(words.utf8) + text
      lead = nil
    }
    if let words = marker {
      marker = nil
      flushTerm()
      write(.listItem, Array(words.utf8) + text, indent: max(listDepth - 1, 0).indent)
    } else if let (words, own) = term {
      term = nil
      anchor = own ?? anchor
      write(.paragraph, words + [.lineFeed] + text, indent: listDepth.indent)
    } else {
      write(quotes > 0 && listDepth == 0 ? .quote : .paragraph, text, indent: listDepth.indent)
    }
  }

  /// Appends a block that is no paragraph; what waits for a paragraph comes before it.
  mutating func emit(_ kind: Block.Kind, _ text: [UInt8], anchor own: String? = nil) {
    guard !text.isBlank else { return }
    flushLead()
    flushTerm()
    marker = nil
    if let own { anchor = own }
    write(kind, text, indent: 0)
  }

  mutating func flushLead() {
    guard let words = lead else { return }
    lead = nil
    var text = Array(words.utf8)
    while let last = text.last, last == .space || last == UInt8(ascii: ":") { text.removeLast() }
    emitParagraph(text)
  }

  mutating func flushTerm() {
    guard let (text, own) = term else { return }
    term = nil
    anchor = own ?? anchor
    write(.paragraph, text, indent: listDepth.indent)
  }

  private mutating func write(_ kind: Block.Kind, _ text: [UInt8], indent: Int) {
    builder.append(kind, utf8: text, anchor: anchor, indent: indent)
    anchor = nil
  }
}
