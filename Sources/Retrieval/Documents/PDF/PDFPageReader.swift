/// Divides the lines of one page into paragraphs, list items, headings and code.
struct PDFPageReader {
  private let typography: PDFTypography
  private let hyphenation: Hyphenation
  private(set) var pieces: [PDFPiece] = []
  private var code = PDFCode()

  init(typography: PDFTypography, hyphenation: Hyphenation) {
    self.typography = typography
    self.hyphenation = hyphenation
  }

  mutating func read(_ page: PDFPage) {
    let tables = PDFTableFinder(typography: typography, hyphenation: hyphenation).tables(on: page)
    var waiting = Dictionary(grouping: tables) { Self.place(of: $0, in: page.lines) }
    let taken = tables.reduce(into: Set<Int>()) { $0.formUnion($1.lines) }
    var lines: [PDFLine] = []
    for index in 0...page.lines.count {
      if let tables = waiting.removeValue(forKey: index) {
        readBlocks(lines[...], page, isBeforeTable: true)
        lines.removeAll()
        for table in tables {
          endCode(page: page.number)
          if let items = table.items {
            pieces += items.map {
              PDFPiece(kind: .listItem, text: $0, page: page.number, top: table.top, bottom: table.bottom)
            }
            continue
          }
          pieces.append(
            PDFPiece(
              kind: table.listing == nil ? .table : .code, text: table.listing?.text ?? table.text,
              page: page.number, top: table.top, bottom: table.bottom))
        }
      }
      if index < page.lines.count, !taken.contains(index) { lines.append(page.lines[index]) }
    }
    readBlocks(lines[...], page)
    endCode(page: page.number)
  }

  /// Index of the line before which a table is read: behind the last one that stands above it, where poppler has some
  /// of its cells before that.
  private static func place(of table: PDFTable, in lines: [PDFLine]) -> Int {
    let first = table.lines.min() ?? 0
    let above = lines.indices.last { index in
      !table.lines.contains(index) && lines[index].bottom <= table.top + 2 && lines[index].left < table.right
        && lines[index].right > table.left
    }
    return max(first, above.map { $0 + 1 } ?? 0)
  }

  private mutating func readBlocks(
    _ lines: ArraySlice<PDFLine>, _ page: PDFPage, isBeforeTable: Bool = false
  ) {
    let blocks = blocks(lines)
    // A table is no paragraph, and yet something that a heading with a number may stand above.
    let end: [PDFLine]? = isBeforeTable ? [] : nil
    for index in blocks.indices {
      read(blocks[index], next: index + 1 < blocks.count ? blocks[index + 1] : end, page: page)
    }
  }

  private mutating func append(_ kind: PDFPiece.Kind, _ text: String, page: Int, at line: PDFLine) {
    endCode(page: page)
    pieces.append(PDFPiece(kind: kind, text: text, page: page, top: line.top, bottom: line.bottom))
  }

  /// Poppler's blocks; those that are lines of one paragraph are one. A bullet or section number that stands as a block of
  /// its own belongs to the line beside it.
  private func blocks(_ lines: ArraySlice<PDFLine>) -> [[PDFLine]] {
    var blocks: [[PDFLine]] = []
    var right: [Int: Double] = [:]
    func edge(_ line: PDFLine) -> Int { Int((line.left / 10).rounded()) }
    for line in lines { right[edge(line)] = max(right[edge(line)] ?? 0, line.right) }
    for line in lines {
      if let last = blocks.last?.last,
        last.block == line.block
          || !typography.isCode(line) && !typography.isLarge(line)
            && typography.spacing.continues(last, line, right: right[edge(last)] ?? last.right)
      {
        blocks[blocks.count - 1].append(line)
      } else if let last = blocks.last?.last, blocks.last?.count == 1,
        abs(last.bottom - line.bottom) < line.height,
        last.right < line.left, ListMarker.isBullet(last.text) || HeadingShape.isNumberAlone(last.text)
      {
        var joined = line
        joined.text = "\(last.text) \(line.text)"
        joined.left = last.left
        blocks[blocks.count - 1] = [joined]
      } else {
        blocks.append([line])
      }
    }
    return blocks
  }

  private mutating func read(_ lines: [PDFLine], next: [PDFLine]?, page: PDFPage) {
    // A word alone is a term that a definition follows.
    if lines.allSatisfy({ typography.isCode($0) || Self.isSign($0) }),
      lines.contains(where: typography.isCode),
      lines.count > 1 || lines[0].text.contains(" ") || !code.lines.isEmpty
    {
      // Of a wide page, columns of code that poppler took apart are one; of a page with columns, not.
      let isWide = lines[0].left < code.lines.last?.right ?? 0 || page.isSingleColumn
      if !isWide { endCode(page: page.number) }
      code.append(lines)
      return
    }
    let parts = codeApart(lines)
    if parts.count > 1 {
      for (index, part) in parts.enumerated() {
        if index > 0, !part.isCode {
          readProse(part.lines, page: page)
        } else {
          read(part.lines, next: index + 1 < parts.count ? parts[index + 1].lines : next, page: page)
        }
      }
      return
    }
    var start = 0
    while start < lines.count {
      let isLarge = typography.isLarge(lines[start])
      let end = lines[start...].firstIndex { typography.isLarge($0) != isLarge } ?? lines.count
      let run = Array(lines[start..<end])
      if isLarge, isHeading(run) {
        appendHeading(run, page: page.number)
      } else if lines.count == 1, isPlainHeading(run[0], next: next) {
        appendHeading(run, page: page.number)
      } else {
        readProse(run, page: page)
      }
      start = end
    }
  }

  /// A block's lines with indented lines of code, which poppler may have in one block with the prose around them, apart.
  private func codeApart(_ lines: [PDFLine]) -> [(lines: [PDFLine], isCode: Bool)] {
    let prose = lines.filter { !typography.isCode($0) && !Self.isSign($0) }
    guard prose.count < lines.count, let left = prose.map(\.left).min() else { return [(lines, false)] }
    let edges = Set(prose.flatMap(Self.edges))
    var parts: [(lines: [PDFLine], isCode: Bool)] = []
    for (index, line) in lines.enumerated() {
      let isIndented =
        line.left > left + 0.8 * line.height && !edges.contains { abs($0 - line.left) < 1.5 }
      // A word or a sign alone is code where code is around it.
      let isPlain = typography.isCode(line) && line.text.contains(" ")
      let isBetween =
        (typography.isCode(line) || Self.isSign(line))
        && (parts.last?.isCode == true || index + 1 < lines.count && typography.isCode(lines[index + 1]))
      let isCode = isIndented && (isPlain || isBetween)
      if let last = parts.last, last.isCode == isCode {
        parts[parts.count - 1].lines.append(line)
      } else {
        parts.append(([line], isCode))
      }
    }
    return parts
  }

  /// Where a line begins, and where its text does behind a list's marker.
  private static func edges(_ line: PDFLine) -> [Double] {
    guard line.words.count > 1,
      ListMarker.kind("\(line.words[0].text) x") != nil || line.words[0].text.count == 1
    else {
      return [line.left]
    }
    return [line.left, line.words[1].left]
  }

  /// Whether the line is too short to tell its font.
  private static func isSign(_ line: PDFLine) -> Bool { line.pitch == nil && line.text.count < 3 }

  // MARK: Headings

  private func isHeading(_ run: [PDFLine]) -> Bool {
    let text = run.map(\.text).joined(separator: " ")
    return run.count <= 3 && HeadingShape.isShort(text, limit: 200)
      && !ListMarker.isBullet(String(text.prefix(1)))
      && (!text.hasSuffix(".") || HeadingShape.depth(text) != nil)
  }

  /// A line alone, as large as the text, followed by a paragraph of two lines or more at its left edge.
  private func isPlainHeading(_ line: PDFLine, next: [PDFLine]?) -> Bool {
    guard HeadingShape.isPlausible(line.text), !typography.isSmall(line), let next else { return false }
    if let depth = HeadingShape.depth(line.text), depth > 1 { return true }
    guard let first = next.first else { return false }
    return next.count > 1 && abs(first.left - line.left) < line.height * 2 && first.top > line.top
      && line.width < first.width * 0.8
  }

  private mutating func appendHeading(_ run: [PDFLine], page: Int) {
    let text = run.dropFirst().reduce(into: run[0].text) { hyphenation.append($1.text, to: &$0) }
    let height = run.map(\.height).max() ?? 0
    let depth = HeadingShape.depth(text)
    if code.lines.isEmpty, let last = pieces.last, case .heading(let lastHeight, let lastDepth) = last.kind,
      last.text.count + text.count < 150, run[0].top > last.top
    {
      let isLabel = HeadingShape.isLabelAlone(last.text)
      let isSamePart = abs(lastHeight - height) < 0.5 && depth == nil && run[0].top - last.bottom < height
      if isLabel || isSamePart {
        pieces[pieces.count - 1].text += " \(text)"
        pieces[pieces.count - 1].bottom = run.map(\.bottom).max() ?? 0
        pieces[pieces.count - 1].kind = .heading(
          height: max(height, lastHeight), depth: isLabel ? 1 : depth ?? lastDepth)
        return
      }
    }
    append(.heading(height: height, depth: depth), text, page: page, at: run[0])
    pieces[pieces.count - 1].bottom = run.map(\.bottom).max() ?? 0
  }

  // MARK: Code

  private mutating func endCode(page: Int) {
    guard let first = code.lines.first else { return }
    pieces.append(PDFPiece(kind: .code, text: code.text, page: page, top: first.top, bottom: first.bottom))
    code = PDFCode()
  }

  // MARK: Prose

  private mutating func readProse(_ lines: [PDFLine], page: PDFPage) {
    let left = lines.map(\.left).min() ?? 0
    let right = lines.map(\.right).max() ?? 0
    let indented = lines.filter { $0.left - left > 0.8 * $0.height }.count
    let isFoot = lines.allSatisfy { typography.isSmall($0) } && lines[0].top > page.height * 0.5
    let leading = Self.leading(lines)
    var hasItems = false
    for (index, line) in lines.enumerated() {
      let marker = ListMarker.kind(line.text)
      var starts = index == 0
      var isItem = marker == .bullet
      if index > 0 {
        let previous = lines[index - 1]
        let isShort = right - previous.right > 0.25 * (right - left)
        let ends = previous.text.last.map { ".:;!?”\"".contains($0) } ?? false
        let isIndented = line.left - left > 0.8 * line.height
        let wasIndented = previous.left - left > 0.8 * line.height
        starts =
          line.top - previous.top > 1.5 * leading || line.top < previous.top - line.height
          || (isShort && (ends || isIndented != wasIndented))
          || (isIndented && !wasIndented && !hasItems && indented * 2 < lines.count && ends)
        if marker == .number { isItem = hasItems || starts || isShort || ends }
      } else if marker == .number {
        isItem = true
      }
      hasItems = hasItems || isItem
      if starts || isItem {
        append(isItem ? .listItem : .paragraph, line.text, page: page.number, at: line)
        pieces[pieces.count - 1].isNote = isFoot
      } else {
        hyphenation.append(line.text, to: &pieces[pieces.count - 1].text)
      }
    }
  }

  /// The usual distance from line to line.
  private static func leading(_ lines: [PDFLine]) -> Double {
    let distances = zip(lines, lines.dropFirst()).map { $1.top - $0.top }.sorted()
    return distances.isEmpty ? .infinity : max(distances[distances.count / 2], 1)
  }
}
