/// The paragraphs and headings of a plain text, settled once all of it has been seen.
struct PlainTextOutline {
  private struct Item {
    var heading: PlainTextHeading?
    var text: [UInt8]
    var page: Int?
  }

  private var items: [Item] = []

  /// Adds the paragraphs of some lines.
  mutating func add(_ lines: TextLines, page: Int?) {
    var line = 0
    while line < lines.count {
      if lines.isBlank(line) {
        line += 1
        continue
      }
      let start = line
      while line < lines.count, !lines.isBlank(line) { line += 1 }
      addRun(start..<line, of: lines, page: page)
    }
  }

  /// Lines between two blank lines.
  private mutating func addRun(_ run: Range<Int>, of lines: TextLines, page: Int?) {
    var rest = run
    if let (heading, count) = PlainTextHeading.heading(atStartOf: run, of: lines) {
      items.append(Item(heading: heading, text: Array(lines[run]), page: page))
      rest = (run.lowerBound + count)..<run.upperBound
      if !rest.isEmpty { items[items.count - 1].text = Array(lines[run.lowerBound..<rest.lowerBound]) }
    }
    if !rest.isEmpty { items.append(Item(text: Array(lines[rest]), page: page)) }
  }

  /// Appends the blocks, with the headings that stand up to the whole text.
  mutating func write(into builder: inout DocumentBuilder) {
    let hasSubsections = items.contains { $0.heading?.kind == .numbered(depth: 2) }
    let kinds = items.map(\.heading?.kind)
    for index in items.indices {
      guard let heading = items[index].heading else { continue }
      switch heading.kind {
      case .numbered(1) where !heading.isCapitals:
        // Numbered lines one after the other are a list.
        let isListed =
          kinds[max(index - 1, 0)..<min(index + 2, kinds.count)].count { $0 == .numbered(depth: 1) } > 1
        if !hasSubsections || isListed { items[index].heading = nil }
      case .chapter(let word):
        // Chapters without anything in them are a table of contents.
        if index + 1 < items.count, case .chapter(word)? = items[index + 1].heading?.kind {
          items[index].heading = nil
        }
      default: break
      }
    }
    for item in items {
      builder.page = item.page
      if let heading = item.heading {
        builder.append(.heading(level: heading.level), utf8: heading.text)
      } else {
        builder.append(.paragraph, utf8: item.text)
      }
    }
  }

  /// The `Title:` line in the preamble of a Project Gutenberg text.
  static func gutenbergTitle(in text: [UInt8]) -> String? {
    let lines = TextLines(Array(text.prefix(4000)))
    guard lines.bytes.string.contains("Project Gutenberg") else { return nil }
    for line in 0..<lines.count where lines[line].starts(with: "Title: ") {
      let title = lines[line].dropFirst(7).trimmedSpace
      return title.isEmpty ? nil : title.string
    }
    return nil
  }
}
