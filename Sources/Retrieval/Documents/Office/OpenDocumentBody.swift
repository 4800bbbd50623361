/// Turns the content of an OpenDocument file into a `ParsedDocument`.
struct OpenDocumentBody {
  private var builder = DocumentBuilder()
  /// The styles that automatic ones are made from, by name.
  private var parents: [String: String] = [:]
  private var title: String?
  private var hasContents = false
  private var code: [String] = []

  /// - Parameter styles: `office:automatic-styles`.
  init(styles: XMLElement?) {
    for style in styles?.all("style") ?? [] {
      if let name = style.attribute("name"), let parent = style.attribute("parent-style-name") {
        parents[name] = parent
      }
    }
  }

  mutating func document(title properties: String?) -> ParsedDocument {
    flushCode()
    builder.title = title ?? properties ?? builder.firstHeading
    if hasContents { builder.notes.append("table of contents left out") }
    return builder.build()
  }

  // MARK: Texts

  /// Appends the blocks of `office:text` or of another element that holds blocks.
  mutating func append(_ container: XMLElement) {
    for element in container.children { appendBlock(element) }
  }

  private mutating func appendBlock(_ element: XMLElement) {
    switch element.name {
    case "p": appendParagraph(element)
    case "h":
      let level = element.attribute("outline-level").flatMap { Int($0) } ?? 1
      appendText(element) { builder, words in
        builder.append(.heading(level: min(max(level, 1), 6)), Whitespace.collapsed(words))
      }
    case "list": append(list: element, level: 0)
    case "table": append(table: element)
    case "table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index":
      hasContents = true
    case "tracked-changes", "forms", "sequence-decls", "annotation", "variable-decls": break
    default: append(element)
    }
  }

  private mutating func appendParagraph(_ element: XMLElement) {
    let style = style(element)
    if style.hasPrefix("Preformatted") || style.contains("Source_20_Code") || style.contains("Source_20_Text")
    {
      code.append(OpenDocumentText(element).text)
      return
    }
    let isTitle = style == "Title"
    if isTitle, title == nil {
      title = Whitespace.collapsed(OpenDocumentText(element).text)
      if title == "" { title = nil }
    }
    appendText(element) { builder, words in
      if isTitle {
        builder.append(.heading(level: 1), Whitespace.collapsed(words))
      } else {
        builder.append(style.hasPrefix("Quot") ? .quote : .paragraph, words)
      }
    }
  }

  /// Hands on the text of a paragraph, and appends what hangs on it.
  private mutating func appendText(_ element: XMLElement, _ write: (inout DocumentBuilder, String) -> Void) {
    flushCode()
    let text = OpenDocumentText(element)
    write(&builder, text.text)
    for part in text.attached { append(part) }
  }

  private mutating func append(list: XMLElement, level: Int) {
    for (index, item) in list.children.filter({ ["list-item", "list-header"].contains($0.name) }).enumerated()
    {
      var isFirst = true
      for child in item.children {
        switch child.name {
        case "list": append(list: child, level: min(level + 1, 8))
        case "p" where isFirst:
          isFirst = false
          let isNumbered =
            style(list).lowercased().contains("number") || style(child).lowercased().contains("number")
          let marker = isNumbered ? "\(index + 1)." : "-"
          appendText(child) { builder, words in
            let words = Whitespace.collapsed(words)
            if !words.isEmpty { builder.append(.listItem, "\(marker) \(words)", indent: 2 * level) }
          }
        default: appendBlock(child)
        }
      }
    }
  }

  private mutating func flushCode() {
    guard !code.isEmpty else { return }
    builder.append(.code, utf8: CodeMargin.added(to: code.joined(separator: "\n").utf8))
    code = []
  }

  /// The name of the style that a person chose.
  private func style(_ element: XMLElement) -> String {
    let name = element.attribute("style-name") ?? ""
    return parents[name] ?? name
  }

  // MARK: Tables

  private mutating func append(table: XMLElement, heading: String? = nil) {
    flushCode()
    var text = TableText()
    text.heading = heading
    var attached: [XMLElement] = []
    for row in Self.rows(table) {
      let (cells, repeats) = Self.cells(row, attached: &attached)
      guard !cells.isEmpty else {
        text.flush(into: &builder)
        continue
      }
      let length = cells.reduce(0) { $0 + $1.text.utf8.count }
      for _ in 0..<Self.repeats(repeats, of: length) { text.append(cells) }
    }
    text.flush(into: &builder)
    for part in attached { append(part) }
  }

  /// Rows of a table, also those in headers and groups.
  private static func rows(_ element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child -> [XMLElement] in
      switch child.name {
      case "table-row": [child]
      case "table-header-rows", "table-rows", "table-row-group": rows(child)
      default: []
      }
    }
  }

  /// The cells of a row that hold text, repeated ones written out, and how often the row is repeated.
  private static func cells(
    _ row: XMLElement, attached: inout [XMLElement]
  ) -> (cells: [TableText.Cell], rows: Int) {
    var cells: [TableText.Cell] = []
    var column = 0
    for cell in row.children where cell.name == "table-cell" || cell.name == "covered-table-cell" {
      var parts: [String] = []
      for paragraph in paragraphs(in: cell) {
        let text = OpenDocumentText(paragraph)
        parts.append(Whitespace.collapsed(text.text))
        attached += text.attached
      }
      let text = cell.name == "table-cell" ? parts.filter { !$0.isEmpty }.joined(separator: " ") : ""
      let span = repeats(cell.attribute("number-columns-repeated"))
      if !text.isEmpty {
        let over = (
          repeats(cell.attribute("number-columns-spanned")), repeats(cell.attribute("number-rows-spanned"))
        )
        for offset in 0..<repeats(span, of: text.utf8.count) {
          cells.append(TableText.Cell(column: column + offset, text: text, columns: over.0, rows: over.1))
        }
      }
      column += span
    }
    return (cells, repeats(row.attribute("number-rows-repeated")))
  }

  /// How often something is there: once or more, and no more often than a sheet has columns.
  private static func repeats(_ attribute: String?) -> Int {
    min(max(attribute.flatMap { Int($0) } ?? 1, 1), 16_384)
  }

  /// How often a text of `length` bytes is written out that is said to be repeated: some kilobytes of it.
  private static func repeats(_ count: Int, of length: Int) -> Int {
    max(1, min(count, 100, 8192 / max(1, length)))
  }

  private static func paragraphs(in element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child in
      child.name == "p" || child.name == "h" ? [child] : paragraphs(in: child)
    }
  }

  // MARK: Sheets and slides

  mutating func append(spreadsheet: XMLElement) {
    let tables = spreadsheet.all("table")
    for table in tables {
      let name = Whitespace.collapsed(table.attribute("name") ?? "")
      append(table: table, heading: tables.count > 1 || !SheetName.isDefault(name) ? name : nil)
    }
  }

  mutating func append(presentation: XMLElement) {
    for (index, slide) in presentation.all("page").enumerated() {
      builder.page = index + 1
      let frames = slide.children.filter { $0.name != "notes" }
      var titles = frames.filter { $0.attribute("class") == "title" }
      // Without an outline the first box with a short line stands for the title.
      if titles.isEmpty, let first = frames.first(where: { $0.name == "frame" }) {
        let lines = Self.paragraphs(in: first).map { OpenDocumentText($0).text }
        if lines.count == 1, lines[0].count <= 80 { titles = [first] }
      }
      for frame in titles {
        let words = Self.paragraphs(in: frame).map { OpenDocumentText($0).text }.joined(separator: " ")
        builder.append(.heading(level: 1), Whitespace.collapsed(words))
      }
      let titleNodes = Set(titles.map(\.node))
      for frame in frames where !titleNodes.contains(frame.node) { appendBlock(frame) }
      for frame in slide.first("notes")?.all("frame") ?? [] where frame.attribute("class") == "notes" {
        append(frame)
      }
    }
  }
}
