/// Writes a parsed Markdown text as blocks.
struct MarkdownWriter {
  var slugs: HeadingSlugs
  var line = InlineText()
  /// The lists that are open, outermost first: the next number, or nil for bullets.
  private(set) var lists: [Int?] = []
  var marker: String?
  private var quotes = 0
  private var table: [UInt8] = []
  private var row: [[UInt8]] = []
  private var footnotes = 0
  /// Where names in angle brackets stand in the heading that is open; nil outside headings.
  var placeholders: [Range<Int>]?
  var anchor: String?
  /// Whether what comes stands at the start of a line within a paragraph.
  private var startsLine = false

  /// Directives that the text lies in.
  let depth: Int
  let closed: ClosedElements

  /// - Parameter closed: the elements that the text closes.
  init(slugs: HeadingSlugs, depth: Int, closed: ClosedElements) {
    self.slugs = slugs
    self.depth = depth
    self.closed = closed
  }

  /// - Returns: the slugs given so far, for a text that goes on elsewhere.
  mutating func write(_ tree: MarkdownTree, into builder: inout DocumentBuilder) throws -> HeadingSlugs {
    try tree.walk { node, isEntering in
      if isEntering {
        try enter(node, into: &builder)
      } else {
        leave(node, into: &builder)
      }
    }
    return slugs
  }

  private mutating func enter(_ node: MarkdownNode, into builder: inout DocumentBuilder) throws {
    defer { startsLine = node.kind == .softBreak }
    switch node.kind {
    case .text:
      // The definition of the term above, in a list of terms; CommonMark knows none.
      if startsLine, node.literal.starts(with: ": ".utf8) { line.withoutSpace() }
      line.add(node.literal)
    case .softBreak:
      takeTarget()
      line.space()
    case .lineBreak: line.lineBreak()
    case .codeSpan: addCode(node.literal)
    case .inlineHTML: addInlineHTML(node.literal)
    case .footnoteReference:
      line.addVerbatim("[".utf8)
      line.addVerbatim(node.literal)
      line.addVerbatim("]".utf8)
    case .list: lists.append(node.listStart)
    case .item: startItem(node)
    case .quote: quotes += 1
    case .footnote:
      footnotes += 1
      line.addVerbatim("[\(footnotes)] ".utf8)
    case .code:
      if try addDirective(node, into: &builder) { break }
      if let caption = FenceCaption.of(info: node.fenceInfo[...]) {
        builder.append(.paragraph, utf8: caption)
      }
      builder.append(.code, utf8: CodeMargin.added(to: node.literal), anchor: takeAnchor())
    case .html: try addHTML(node.literal, into: &builder)
    case .table: table.removeAll()
    case .row: row.removeAll()
    case .heading: placeholders = []
    case .cell, .paragraph, .other: break
    }
  }

  private mutating func leave(_ node: MarkdownNode, into builder: inout DocumentBuilder) {
    switch node.kind {
    case .paragraph: flush(into: &builder)
    case .heading: closeHeading(node.headingLevel, into: &builder)
    case .list: lists.removeLast()
    case .item: marker = nil
    case .quote: quotes -= 1
    case .footnote: flush(into: &builder)
    case .cell: row.append(line.take())
    case .row: closeRow()
    case .table: builder.append(.table, utf8: table, anchor: takeAnchor())
    default: break
    }
  }

  mutating func takeAnchor() -> String? {
    defer { anchor = nil }
    return anchor
  }

  // MARK: Blocks

  private mutating func startItem(_ node: MarkdownNode) {
    if let depth = lists.indices.last, let number = lists[depth] {
      marker = "\(number). "
      lists[depth] = number + 1
    } else {
      marker = "- "
    }
    if let isTicked = node.isTicked { marker? += isTicked ? "[x] " : "[ ] " }
  }

  private mutating func flush(into builder: inout DocumentBuilder) {
    takeTarget()
    guard !line.isEmpty else { return }
    if let text = marker {
      marker = nil
      let item = Array(text.utf8) + line.take()
      builder.append(.listItem, utf8: item, anchor: takeAnchor(), indent: max(lists.count - 1, 0).indent)
    } else if quotes > 0 {
      builder.append(.quote, utf8: Self.withoutAlertMark(line.take()), anchor: takeAnchor())
    } else {
      builder.append(.paragraph, utf8: line.take(), anchor: takeAnchor(), indent: lists.count.indent)
    }
  }

  private mutating func closeHeading(_ level: Int, into builder: inout DocumentBuilder) {
    let hidden = placeholders ?? []
    placeholders = nil
    // Headings within lists and quotes do not divide the document.
    guard lists.isEmpty, quotes == 0 else { return flush(into: &builder) }
    var text = line.take().map { $0 == .lineFeed ? .space : $0 }
    let id = Self.removeExplicitID(from: &text)
    // Generators take those names for tags, which are no part of an anchor.
    var named = text
    for range in hidden.reversed() { named.removeSubrange(range.clamped(to: 0..<named.count)) }
    let slug = slugs.slug(for: Array(named.trimmedSpace))
    builder.append(.heading(level: level), utf8: text, anchor: id ?? slug)
    anchor = nil
  }

  /// `Title {#id}` and kramdown's `Title {: #id .class}`.
  private static func removeExplicitID(from heading: inout [UInt8]) -> String? {
    guard heading.last == UInt8(ascii: "}"), let open = heading.lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    let content = heading[(open + 1)..<(heading.count - 1)]
    let words = content.split(separator: .space)
    guard let id = words.first(where: { $0.first == UInt8(ascii: "#") && $0.count > 1 }),
      words.allSatisfy({ "#.:".utf8.contains($0.first ?? 0) || $0.contains(UInt8(ascii: "=")) })
    else { return nil }
    let name = id.dropFirst().string
    heading.removeSubrange(open...)
    while heading.last == .space { heading.removeLast() }
    return name
  }

  /// GitHub's alerts begin with `[!NOTE]` on a line of its own.
  private static func withoutAlertMark(_ quote: [UInt8]) -> [UInt8] {
    guard quote.starts(with: "[!"), let close = quote.prefix(30).firstIndex(of: UInt8(ascii: "]")), close > 2,
      quote[2..<close].allSatisfy({ $0.isASCIIUppercase || $0 == UInt8(ascii: "-") })
    else { return quote }
    let rest = quote[(close + 1)...].trimmedSpace
    return [quote[2]] + quote[3..<close].map(\.asciiLowercased)
      + (rest.isEmpty ? [] : Array(": ".utf8) + rest)
  }

  private mutating func closeRow() {
    while row.last?.isEmpty == true { row.removeLast() }
    guard !row.isEmpty else { return }
    if !table.isEmpty { table.append(.lineFeed) }
    table.append(
      contentsOf: row.lazy.map { $0.map { $0 == .lineFeed ? .space : $0 } }
        .joined(separator: Array(" | ".utf8)))
  }
}
