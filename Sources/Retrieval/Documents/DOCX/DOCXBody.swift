/// Turns the blocks of a Word document into a `ParsedDocument`.
struct DOCXBody {
  private var builder = DocumentBuilder()
  private let styles: DOCXStyles
  private var numbering: DOCXNumbering
  private let footnotes: DOCXNotes
  private let endnotes: DOCXNotes
  private var charts: DOCXCharts
  private var waitingEndnotes: [String] = []
  private var waitingFootnotes: [String] = []
  private var isInNote = false
  private var usedNotes: Set<String> = []
  private var code: [String] = []
  /// Text of paragraphs whose mark was deleted, which the next one continues.
  private var joined = ""
  /// The last bookmark between paragraphs, which the next one carries.
  private var bookmark: String?
  private var title: String?
  private var firstHeading: String?
  private var hasContents = false
  private var boldLines = DOCXBoldHeadings()

  init(
    styles: DOCXStyles, numbering: DOCXNumbering, footnotes: DOCXNotes, endnotes: DOCXNotes,
    charts: DOCXCharts
  ) {
    self.charts = charts
    self.styles = styles
    self.numbering = numbering
    self.footnotes = footnotes
    self.endnotes = endnotes
  }

  /// What is still to be appended: a list of it takes no stack, however deep elements are nested.
  private enum Part {
    case block(XMLElement)
    case chart(String)
    /// Those that a paragraph refers to.
    case notes(DOCXRuns)
  }

  /// Appends a child of `w:body` or of another element that holds blocks.
  mutating func append(_ element: XMLElement) {
    var waiting: [Part] = [.block(element)]
    while let part = waiting.popLast() {
      switch part {
      case .block(let element): waiting += appendBlock(element).reversed()
      case .chart(let id): charts.chart(id)?.append(to: &builder)
      case .notes(let runs): appendNotes(runs)
      }
    }
  }

  /// - Returns: what comes next: the blocks within it, or what hangs on it.
  private mutating func appendBlock(_ element: XMLElement) -> [Part] {
    switch element.name {
    case "p": return appendParagraph(element)
    case "tbl": return appendTable(element)
    case "bookmarkStart": bookmark = element.attribute("name")
    case "sdt" where Self.isContents(element): hasContents = true
    case "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tcPr", "del", "moveFrom": break
    default: return element.children.map { .block($0) }
    }
    return []
  }

  /// Ends the document with its endnotes.
  ///
  /// - Parameter title: the one among its properties, used where no paragraph has the style Title.
  mutating func document(title properties: String?) -> ParsedDocument {
    flushCode()
    if !joined.isEmpty { builder.append(.paragraph, joined) }
    var next = 0
    while next < waitingEndnotes.count {
      appendNote(endnotes[waitingEndnotes[next]])
      next += 1
    }
    builder.title = title ?? properties ?? firstHeading
    if charts.damaged > 0 {
      builder.missing.append("\(charts.damaged) damaged \(charts.damaged == 1 ? "chart" : "charts") left out")
    }
    if hasContents { builder.notes.append("table of contents left out") }
    var document = builder.build()
    boldLines.mark(in: &document)
    return document
  }

  private mutating func appendParagraph(_ element: XMLElement) -> [Part] {
    let properties = element.first("pPr")
    let style = properties?.first("pStyle")?.attribute("val")
    let role = styles.role(style)
    guard role != .contents else {
      hasContents = true
      return []
    }
    let runs = DOCXRuns(element)
    joined += runs.text
    guard !runs.isJoinedToNext else { return [] }
    let text = joined
    joined = ""
    if role == .code {
      code.append(text)
    } else {
      flushCode()
      let blocks = builder.blockCount
      appendProse(text, properties, style: style, role: role, anchor: runs.bookmark ?? bookmark)
      if builder.blockCount > blocks, !isInNote, let size = runs.boldSize {
        boldLines.add(text, block: blocks, size: size)
      }
    }
    bookmark = nil
    return Self.attached(to: runs)
  }

  /// What hangs on a paragraph.
  private static func attached(to runs: DOCXRuns) -> [Part] {
    runs.textBoxes.map { .block($0) } + runs.charts.map { .chart($0) } + [.notes(runs)]
  }

  private mutating func appendProse(
    _ text: String, _ properties: XMLElement?, style: String?, role: DOCXStyles.Role, anchor: String?
  ) {
    let words = Whitespace.collapsed(text)
    guard !words.isEmpty else { return }
    let list = listReference(properties, style: style)
    let marker = list.flatMap { numbering.marker($0) } ?? ""
    let marked = marker.isEmpty ? words : "\(marker) \(words)"
    let outline = properties?.first("outlineLvl")?.attribute("val").flatMap { Int($0) }
    if role == .title {
      if title == nil { title = words }
      builder.append(.heading(level: 1), words, anchor: anchor)
    } else if let level = outline.map(DOCXStyles.level(outline:)) ?? styles.headingLevel(style) {
      if firstHeading == nil { firstHeading = marked }
      builder.append(.heading(level: level), marked, anchor: anchor)
    } else if let list, !marker.isEmpty, numbering.numbersSections(list) {
      builder.append(.paragraph, marked, anchor: anchor)
    } else if !marker.isEmpty {
      let level = min(max(0, list?.level ?? 0), 8)
      builder.append(.listItem, marked, anchor: anchor, indent: 2 * level)
    } else if let item = Self.ticked(words) {
      builder.append(.listItem, item, anchor: anchor)
    } else {
      builder.append(role == .quote ? .quote : .paragraph, text, anchor: anchor)
    }
  }

  /// A paragraph that begins with a box to tick, as an item of a list.
  private static func ticked(_ words: String) -> String? {
    guard let box = words.first, words.dropFirst(1).first == " ", words.count > 2 else { return nil }
    switch box {
    case "☐", "□": return "- [ ]\(words.dropFirst())"
    case "☑", "☒", "✓", "✔": return "- [x]\(words.dropFirst())"
    default: return nil
    }
  }

  private func listReference(_ properties: XMLElement?, style: String?) -> DOCXNumbering.Reference? {
    let inherited = styles.numbering(style)
    guard var reference = properties.flatMap({ DOCXNumbering.Reference($0) }) ?? inherited else { return nil }
    if reference.list == nil { reference.list = inherited?.list }
    if reference.level == nil { reference.level = inherited?.level }
    return reference
  }

  private mutating func appendTable(_ element: XMLElement) -> [Part] {
    flushCode()
    // A frame around text, not a table.
    if let cells = DOCXTable.onlyColumn(element) {
      return cells.flatMap { cell in cell.children.map { .block($0) } }
    }
    var table = DOCXTable(element)
    table.text.flush(into: &builder)
    return table.runs.flatMap(Self.attached)
  }

  /// Puts footnotes after the block that refers to them and keeps endnotes for the end. Those that a note refers to follow
  /// it: taken in within it, a chain of notes would need as many levels of the stack.
  private mutating func appendNotes(_ runs: DOCXRuns) {
    waitingEndnotes.append(contentsOf: runs.endnotes.filter { usedNotes.insert("endnote \($0)").inserted })
    waitingFootnotes += runs.footnotes.filter { usedNotes.insert("footnote \($0)").inserted }
    guard !isInNote else { return }
    var next = 0
    while next < waitingFootnotes.count {
      appendNote(footnotes[waitingFootnotes[next]])
      next += 1
    }
    waitingFootnotes = []
  }

  private mutating func appendNote(_ note: XMLElement?) {
    guard let note else { return }
    isInNote = true
    for child in note.children { append(child) }
    isInNote = false
  }

  private mutating func flushCode() {
    guard !code.isEmpty else { return }
    builder.append(.code, utf8: CodeMargin.added(to: code.joined(separator: "\n").utf8))
    code = []
  }

  private static func isContents(_ control: XMLElement) -> Bool {
    let gallery = control.first("sdtPr")?.first("docPartObj")?.first("docPartGallery")?.attribute("val")
    return gallery == "Table of Contents"
  }
}
