/// Writes what a manual page says: running text, terms with what they mean, lists, code and tables.
struct ManualPageWriter {
  var builder = DocumentBuilder()
  /// Levels of lists and indented parts.
  var depth = 0
  private var words: [UInt8] = []
  /// Nothing comes between what is there and what follows.
  var isJoined = true
  private var term: String?
  private var marker: String?
  private var code: [UInt8]?
  private var table = TableText()

  var isInCode: Bool { code != nil }
  var hasText: Bool { !words.isEmpty }

  mutating func heading(_ level: Int, _ text: String) {
    endBlock()
    depth = 0
    let words = Whitespace.collapsed(text)
    if !words.isEmpty { builder.append(.heading(level: level), words) }
  }

  // MARK: Text

  /// Adds a line, or a piece of one.
  mutating func add(_ text: [UInt8], continues: Bool = false) {
    if code != nil {
      code?.append(contentsOf: text)
      if !continues { code?.append(.lineFeed) }
      return
    }
    guard !text.isBlank || !words.isEmpty else { return }
    if !isJoined, words.last.map({ $0 != .space && $0 != .lineFeed }) ?? false { words.append(.space) }
    words.append(contentsOf: text)
    isJoined = continues
  }

  mutating func add(_ text: String, continues: Bool = false) { add(Array(text.utf8), continues: continues) }

  mutating func breakLine() {
    if words.last.map({ $0 != .lineFeed }) ?? false { words.append(.lineFeed) }
    isJoined = true
  }

  /// Ends a paragraph; what follows a term still belongs to it if nothing has come yet.
  mutating func endParagraph() {
    guard code == nil else {
      code?.append(.lineFeed)
      return
    }
    let text = Self.lines(words)
    words = []
    isJoined = true
    guard !text.isEmpty else { return }
    if let (marker, rest) = Self.item(text), self.marker == nil, term == nil {
      builder.append(.listItem, "\(marker) \(rest)", indent: depth.indent)
    } else if let marker {
      builder.append(.listItem, "\(marker) \(text)", indent: max(0, depth - 1).indent)
    } else if let term {
      builder.append(.paragraph, "\(term)\n\(text)", indent: depth.indent)
    } else {
      builder.append(.paragraph, text, indent: depth.indent)
    }
    (marker, term) = (nil, nil)
  }

  /// Ends a paragraph, and a term or an item that nothing has followed.
  mutating func endBlock() {
    endCode()
    endParagraph()
    if let term { builder.append(.paragraph, term, indent: depth.indent) }
    (marker, term) = (nil, nil)
    table.flush(into: &builder)
  }

  /// Each line's words with one space between them, without empty lines.
  private static func lines(_ words: [UInt8]) -> String {
    words.string.split(separator: "\n").map { Whitespace.collapsed($0) }.filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  /// An item whose marker some programs write into its text.
  private static func item(_ text: String) -> (marker: String, rest: Substring)? {
    guard let first = text.first else { return nil }
    if first == "•" || first == "∙" { return ("-", text.dropFirst().drop { $0 == " " }) }
    return nil
  }

  // MARK: Lists

  /// Begins what is said of a term; terms that follow each other share it.
  mutating func begin(term text: String) {
    endCode()
    endParagraph()
    let words = Whitespace.collapsed(text)
    guard !words.isEmpty else { return }
    marker = nil
    // Terms without end, which nothing is said of.
    if let term, term.utf8.count > 2000 { endBlock() }
    term = term.map { "\($0)\n\(words)" } ?? words
  }

  /// Makes a term of the paragraph that has been begun; ends any other.
  mutating func makeTerm() {
    guard code == nil, marker == nil, term == nil, !words.isEmpty, words.count <= 200,
      let last = words.last(where: { !$0.isASCIISpace }), !".:;,".utf8.contains(last)
    else { return endParagraph() }
    let text = words.string
    words = []
    isJoined = true
    begin(term: text)
  }

  /// Begins an item of a list.
  mutating func begin(item marker: String) {
    endBlock()
    self.marker = marker
  }

  // MARK: Code and tables

  mutating func beginCode() {
    guard code == nil else { return }
    endParagraph()
    code = []
  }

  mutating func endCode() {
    guard let lines = code else { return }
    code = nil
    if let term, !lines.isBlank { builder.append(.paragraph, term, indent: depth.indent) }
    if !lines.isBlank { (marker, term) = (nil, nil) }
    builder.append(.code, utf8: CodeMargin.added(to: lines))
  }

  mutating func row(_ cells: [String]) {
    endParagraph()
    table.append(cells)
  }

  mutating func endTable() { table.flush(into: &builder) }
}
