/// Turns the content of an OpenDocument file into a `ParsedDocument`.
struct OpenDocumentBody {
  private var builder = DocumentBuilder()
  /// The styles that automatic ones are made from, by name.
  private var parents: [String: String] = [:]
  private var title: String?
  private var hasContents = false
  private var code: [String] = []
  private var lists: OpenDocumentLists

  /// - Parameters:
  ///   - styles: `office:automatic-styles`.
  ///   - lists: with the styles of all lists.
  init(styles: XMLElement?, lists: OpenDocumentLists) {
    self.lists = lists
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

  /// What is still to be appended: a list of it takes no stack, however deep elements are nested.
  private enum Part {
    case block(XMLElement)
    /// A list, and the place of the item that it stands in.
    case list(XMLElement, within: OpenDocumentLists.Place?)
    case item(XMLElement, OpenDocumentLists.Place)
    /// The first paragraph or the heading of an item.
    case marked(XMLElement, marker: String, OpenDocumentLists.Place)
  }

  /// Appends the blocks of `office:text` or of another element that holds blocks.
  mutating func append(_ container: XMLElement) { append(container.children.map { .block($0) }) }

  private mutating func append(_ next: [Part]) {
    var waiting = Array(next.reversed())
    while let part = waiting.popLast() {
      switch part {
      case .block(let element): waiting += appendBlock(element).reversed()
      case .list(let list, let outer): waiting += parts(of: list, within: outer).reversed()
      case .item(let item, let place): waiting += parts(of: item, at: place).reversed()
      case .marked(let paragraph, let marker, let place):
        waiting += append(paragraph, marker: marker, at: place).reversed()
      }
    }
  }

  /// - Returns: what comes next: the blocks within it, or what hangs on it.
  private mutating func appendBlock(_ element: XMLElement) -> [Part] {
    switch element.name {
    case "p": return appendParagraph(element)
    case "h": return append(heading: element, marker: nil)
    case "list": return [.list(element, within: nil)]
    case "table": return append(table: element)
    case "table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index":
      hasContents = true
    case "tracked-changes", "forms", "sequence-decls", "annotation", "variable-decls": break
    default: return element.children.map { .block($0) }
    }
    return []
  }

  private mutating func appendParagraph(_ element: XMLElement) -> [Part] {
    let style = style(element)
    if style.hasPrefix("Preformatted") || style.contains("Source_20_Code") || style.contains("Source_20_Text")
    {
      code.append(OpenDocumentText(element).text)
      return []
    }
    let isTitle = style == "Title"
    if isTitle, title == nil {
      title = Whitespace.collapsed(OpenDocumentText(element).text)
      if title == "" { title = nil }
    }
    return appendText(element) { builder, words in
      if isTitle {
        builder.append(.heading(level: 1), Whitespace.collapsed(words))
      } else {
        builder.append(style.hasPrefix("Quot") ? .quote : .paragraph, words)
      }
    }
  }

  /// - Parameter marker: its number in a list; nil for one that stands in none.
  private mutating func append(heading element: XMLElement, marker: String?) -> [Part] {
    let level = element.attribute("outline-level").flatMap { Int($0) } ?? 1
    let marker = marker ?? lists.marker(heading: element, level: level)
    return appendText(element) { builder, words in
      let words = Whitespace.collapsed(words)
      guard !words.isEmpty else { return }
      builder.append(
        .heading(level: min(max(level, 1), 6)), marker.isEmpty ? words : "\(marker) \(words)")
    }
  }

  /// Hands on the text of a paragraph.
  ///
  /// - Returns: what hangs on it.
  private mutating func appendText(
    _ element: XMLElement, _ write: (inout DocumentBuilder, String) -> Void
  ) -> [Part] {
    flushCode()
    let text = OpenDocumentText(element)
    write(&builder, text.text)
    return text.attached.map { .block($0) }
  }

  // MARK: Lists

  private mutating func parts(of list: XMLElement, within outer: OpenDocumentLists.Place?) -> [Part] {
    let place = outer.map { lists.within($0, list) } ?? lists.begin(list)
    return list.children.filter { ["list-item", "list-header"].contains($0.name) }.map { .item($0, place) }
  }

  private mutating func parts(of item: XMLElement, at place: OpenDocumentLists.Place) -> [Part] {
    var isMarked = item.name == "list-header"
    return item.children.map { child in
      switch child.name {
      case "list": return .list(child, within: place)
      case "p" where !isMarked, "h" where !isMarked:
        isMarked = true
        let styles = [child.attribute("style-name") ?? "", style(child)]
        return .marked(child, marker: lists.marker(item, at: place, paragraph: styles), place)
      default: return .block(child)
      }
    }
  }

  private mutating func append(
    _ paragraph: XMLElement, marker: String, at place: OpenDocumentLists.Place
  ) -> [Part] {
    guard paragraph.name == "p" else {
      return append(heading: paragraph, marker: marker == "-" ? "" : marker)
    }
    let isSection = marker.isEmpty || (marker != "-" && lists.numbersSections(place))
    return appendText(paragraph) { builder, words in
      let words = Whitespace.collapsed(words)
      guard !words.isEmpty else { return }
      let text = marker.isEmpty ? words : "\(marker) \(words)"
      builder.append(
        isSection ? .paragraph : .listItem, text, indent: isSection ? 0 : 2 * min(place.level, 8))
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

  /// - Returns: what hangs on its cells.
  private mutating func append(table: XMLElement, heading: String? = nil) -> [Part] {
    flushCode()
    var text = TableText()
    text.heading = heading
    var attached: [XMLElement] = []
    for row in Self.rows(table) {
      let (cells, repeats) = Self.cells(row, attached: &attached)
      guard !cells.isEmpty else {
        if !text.skip(repeats) { text.flush(into: &builder) }
        continue
      }
      let length = cells.reduce(0) { $0 + $1.text.utf8.count }
      for _ in 0..<Self.repeats(repeats, of: length) { text.append(cells) }
    }
    text.flush(into: &builder)
    return attached.map { .block($0) }
  }

  /// Rows of a table, also those in headers and groups.
  private static func rows(_ table: XMLElement) -> [XMLElement] {
    table.outermost { child in
      switch child.name {
      case "table-row": .found
      case "table-header-rows", "table-rows", "table-row-group": .enter
      default: .pass
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
    element.outermost { child in
      switch child.name {
      case "p", "h": .found
      case "annotation": .pass
      default: .enter
      }
    }
  }

  // MARK: Sheets and slides

  mutating func append(spreadsheet: XMLElement) {
    let tables = spreadsheet.all("table")
    for table in tables {
      let name = Whitespace.collapsed(table.attribute("name") ?? "")
      append(append(table: table, heading: tables.count > 1 || !SheetName.isDefault(name) ? name : nil))
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
      for frame in frames where !titleNodes.contains(frame.node) { append([.block(frame)]) }
      for frame in slide.first("notes")?.all("frame") ?? [] where frame.attribute("class") == "notes" {
        append(frame)
      }
    }
  }
}
