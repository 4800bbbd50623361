/// The paragraphs and headings of a plain text, settled once all of it has been seen.
struct PlainTextOutline {
  private struct Item {
    var heading: PlainTextHeading?
    var text: [UInt8]
    var page: Int?
    /// Whether it stands right below the item before it, without a blank line.
    var isRest = false
  }

  private var items: [Item] = []

  /// Adds the paragraphs of some lines.
  ///
  /// - Parameter bold: the numbers of those that are set in bold.
  mutating func add(_ lines: TextLines, page: Int?, bold: Set<Int> = []) {
    var fenced = FencedLines.ranges(in: lines)[...]
    var line = 0
    while line < lines.count {
      if lines.isBlank(line) {
        line += 1
        continue
      }
      let start = line
      while line < lines.count, !lines.isBlank(line) { line += 1 }
      while let range = fenced.first, range.upperBound <= start { fenced = fenced.dropFirst() }
      for run in Self.releases(in: start..<line, of: lines) {
        let open = run.lowerBound..<max(run.lowerBound, min(run.upperBound, fenced.first?.lowerBound ?? line))
        addRun(run, open: open, of: lines, page: page, isBold: bold.contains(run.lowerBound))
      }
    }
  }

  /// A run, parted where it lists the changes of several versions.
  private static func releases(in run: Range<Int>, of lines: TextLines) -> [Range<Int>] {
    guard ReleaseLine(lines[run.lowerBound])?.isCertain == true else { return [run] }
    var parts: [Range<Int>] = []
    var start = run.lowerBound
    // Between two of them stands what the first one brought.
    for line in run.dropFirst(2)
    where line > start + 1 && lines.indent(line) == lines.indent(start)
      && ReleaseLine(lines[line])?.isCertain == true
    {
      parts.append(start..<line)
      start = line
    }
    return parts + [start..<run.upperBound]
  }

  /// Lines between two blank lines.
  ///
  /// - Parameter open: those at their start that lie outside fences, which a heading may be among.
  private mutating func addRun(
    _ run: Range<Int>, open: Range<Int>, of lines: TextLines, page: Int?, isBold: Bool
  ) {
    var start = run.lowerBound
    if !open.isEmpty, let (heading, count) = PlainTextHeading.heading(atStartOf: open, of: lines) {
      let end = start + count
      items.append(Item(heading: heading, text: Array(lines[start..<end]), page: page))
      start = end
    } else if isBold, !open.isEmpty,
      let heading = PlainTextHeading.bold(atStartOf: run, of: lines, isTitle: items.isEmpty)
    {
      items.append(Item(heading: heading, text: Array(lines[start..<(start + 1)]), page: page))
      start += 1
    }
    let starts = ClauseLines.starts(in: start..<run.upperBound, of: lines)
    for end in starts.filter({ $0 > start }) + [run.upperBound] where start < end {
      items.append(Item(text: Array(lines[start..<end]), page: page, isRest: start > run.lowerBound))
      start = end
    }
  }

  /// Appends the blocks, with the headings that stand up to the whole text.
  mutating func write(into builder: inout DocumentBuilder) {
    settle()
    for item in items {
      builder.page = item.page
      if let heading = item.heading {
        builder.append(.heading(level: heading.level), utf8: heading.text)
      } else {
        let (text, indent) = Self.indented(item.text)
        builder.append(.paragraph, utf8: text, indent: indent)
      }
    }
  }

  /// Columns by which a first line is indented at most.
  private static let deepest = 40

  /// A paragraph of lines that are all indented, with spaces for the tabs before them, and the columns of its first line, so
  /// that examples keep their shape. Any other paragraph as it is.
  private static func indented(_ text: [UInt8]) -> (text: [UInt8], indent: Int) {
    let lines = text.split(separator: .lineFeed)
    guard lines.count > 1, lines.allSatisfy({ $0.first == .space || $0.first == 0x09 }) else {
      return (text, 0)
    }
    let shown = lines.map { line in
      let words = line.drop { $0 == .space || $0 == 0x09 }
      var columns = 0
      for byte in line[..<words.startIndex] { columns = byte == 0x09 ? (columns / 8 + 1) * 8 : columns + 1 }
      return [UInt8](repeating: .space, count: min(columns, deepest)) + words
    }
    return (Array(shown.joined(separator: [.lineFeed])), shown[0].prefix { $0 == .space }.count)
  }

  /// Makes paragraphs of the headings that are none beside the others.
  private mutating func settle() {
    let kinds = items.map(\.heading?.kind)
    let hasSubsections = kinds.contains(.numbered(depth: 2)) || kinds.contains(.article)
    // One right above another heads nothing.
    let releases = kinds.indices.count {
      kinds[$0]?.isRelease == true && kinds.dropFirst($0 + 1).first??.isRelease != true
    }
    for index in items.indices.reversed() {
      guard let heading = items[index].heading else { continue }
      let next = index + 1 < kinds.count ? kinds[index + 1] : nil
      let stands: Bool
      switch heading.kind {
      case .numbered(1) where !heading.isCapitals:
        // Numbered lines one after the other are a list.
        let isListed =
          kinds[max(index - 1, 0)..<min(index + 2, kinds.count)].count { $0 == .numbered(depth: 1) } > 1
        stands = hasSubsections && !isListed
      case .chapter(let word):
        // Chapters without anything in them are a table of contents.
        if case .chapter(word)? = next { stands = false } else { stands = true }
      case .release(let isCertain, let headsList, let standsAlone):
        // One version alone is rather that of the text itself.
        stands = next?.isRelease != true && (releases > 1 ? isCertain || headsList : isCertain && standsAlone)
      case .numbered, .article, .named, .underlined, .bold: stands = true
      }
      if !stands { demote(index) }
    }
  }

  private mutating func demote(_ index: Int) {
    items[index].heading = nil
    guard index + 1 < items.count, items[index + 1].isRest, items[index + 1].heading == nil else { return }
    items[index].text += [.lineFeed] + items[index + 1].text
    items.remove(at: index + 1)
  }

  /// The title that a text gives itself: the first heading of the highest level, or above numbered ones, which never are, a
  /// first line in capitals.
  func title(_ firstHeading: String?) -> String? {
    let first = items.first { $0.heading?.level == 1 }?.heading
    switch first?.kind {
    case .numbered, .article:
      guard let line = items.first, line.heading == nil, !line.text.contains(.lineFeed) else { return nil }
      return PlainTextHeading.isTitleInCapitals(line.text[...]) ? line.text[...].trimmedSpace.string : nil
    default: return firstHeading
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
