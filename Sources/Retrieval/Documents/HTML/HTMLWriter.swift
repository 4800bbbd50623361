/// Writes the content of a page as blocks.
struct HTMLWriter {
  private let tree: HTMLTree
  private let content: HTMLContent
  private let boldHeadings: Set<Int>
  private var open: [Int] = []
  private var line = InlineText()
  /// The lists that are open, outermost first: the next number, or nil for bullets.
  private var lists: [Int?] = []
  /// The marker of a list item whose first text has not come yet.
  private var marker: String?
  private var quotes = 0
  private var heading: (level: Int, anchor: ArraySlice<UInt8>?)?
  /// A term that waits for its definition.
  private var term: (text: [UInt8], anchor: ArraySlice<UInt8>?)?
  /// The `id` that points at the next block.
  private var anchor: ArraySlice<UInt8>?
  private var nextPage: Int?
  /// The note or warning that is open, with its title until a text has taken that.
  private var admonition: (index: Int, title: Int, label: [UInt8]?)?

  init(_ tree: HTMLTree, _ content: HTMLContent) {
    self.tree = tree
    self.content = content
    boldHeadings = HTMLBoldHeadings.indices(in: tree, within: content)
  }

  /// Of a heading that says so only by being bold: below all others.
  private static let boldLevel = 6

  private func headingLevel(_ index: Int) -> Int? {
    tree.nodes[index].tag.headingLevel ?? (boldHeadings.contains(index) ? Self.boldLevel : nil)
  }

  /// - Parameter anchor: an `id` that was left over before this page, for scraps of HTML.
  /// - Returns: the `id` that no block followed.
  @discardableResult
  mutating func write(into builder: inout DocumentBuilder, anchor: ArraySlice<UInt8>? = nil) -> ArraySlice<
    UInt8
  >? {
    self.anchor = anchor
    var index = content.root
    let end = Int(tree.nodes[content.root].end)
    while index < end {
      closeElements(before: index, into: &builder)
      if content.isDropped[index] {
        notePermalink(index)
        index = Int(tree.nodes[index].end)
      } else if index == admonition?.title {
        self.anchor = tree.attribute(.id, of: index) ?? self.anchor
        index = Int(tree.nodes[index].end)
      } else if tree.nodes[index].tag == .text {
        addText(index)
        index += 1
      } else if openElement(index, into: &builder) {
        open.append(index)
        index += 1
      } else {
        index = Int(tree.nodes[index].end)
      }
    }
    closeElements(before: .max, into: &builder)
    flush(into: &builder)
    flushTerm(into: &builder)
    return self.anchor
  }

  private mutating func closeElements(before index: Int, into builder: inout DocumentBuilder) {
    while let last = open.last, tree.nodes[last].end <= index {
      closeElement(last, into: &builder)
      open.removeLast()
    }
  }

  private mutating func addText(_ index: Int) {
    let range = tree.textRange(index)
    tree.text.withUnsafeBufferPointer { line.add(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Starts an element; false if it has been written whole, so that its subtree is passed over.
  private mutating func openElement(_ index: Int, into builder: inout DocumentBuilder) -> Bool {
    let tag = tree.nodes[index].tag
    if tag.isBlock { breakBlock(into: &builder) }
    if tree.hasAttributes(index) {
      noteAnchor(index)
      if readPageBreak(index, into: &builder) { return false }
      if heading == nil, let box = HTMLAdmonition(index, in: tree, without: content.isDropped) {
        flushLabel(into: &builder)
        admonition = (index, box.title, box.label)
      }
    }
    if let level = headingLevel(index) {
      heading = (level, tree.attribute(.id, of: index))
      return true
    }
    switch tag {
    case .br: if heading == nil { line.lineBreak() } else { line.space() }
    case .img: addImage(index)
    case .input: addCheckbox(index)
    case .ul, .menu, .dir: lists.append(nil)
    case .ol: lists.append(tree.number(.start, of: index) ?? 1)
    case .li:
      // The title of a note is none of its list's first item.
      flushLabel(into: &builder)
      startItem(index)
    case .blockquote: quotes += 1
    case .dl: flushTerm(into: &builder)
    case .q: line.addVerbatim("\u{201C}".utf8)
    case .math: return !addFormula(index)
    case .sup: return !addSuperscript(index)
    case .a: return !addNoteReference(index)
    case .table: return !writeTable(index, into: &builder)
    case _ where tag.isPreformatted && heading == nil:
      let code = HTMLPreformatted.text(of: index, in: tree, without: content.isDropped)
      emit(.code, CodeMargin.added(to: code), into: &builder)
      return false
    default: break
    }
    return true
  }

  private mutating func closeElement(_ index: Int, into builder: inout DocumentBuilder) {
    let tag = tree.nodes[index].tag
    if headingLevel(index) != nil { return closeHeading(into: &builder) }
    switch tag {
    case .dt: return closeTerm()
    case .q: line.addVerbatim("\u{201D}".utf8)
    default: break
    }
    if tag.isBlock { breakBlock(into: &builder) }
    if index == admonition?.index {
      flushLabel(into: &builder)
      admonition = nil
    }
    switch tag {
    case .ul, .ol, .menu, .dir: lists.removeLast()
    case .li: marker = nil
    case .blockquote: quotes -= 1
    case .dl: flushTerm(into: &builder)
    default: break
    }
  }

  // MARK: Anchors and pages

  private mutating func noteAnchor(_ index: Int) {
    let tag = tree.nodes[index].tag
    guard let id = tree.attribute(.id, of: index) ?? (tag == .a ? tree.attribute(.name, of: index) : nil),
      !id.isEmpty
    else { return }
    if heading != nil {
      if heading?.anchor == nil { heading?.anchor = id }
    } else if tag.isBlock || (anchor == nil && line.isEmpty) {
      anchor = id
    }
  }

  /// The mark beside a heading that links to it says its name, though it is not shown.
  private mutating func notePermalink(_ index: Int) {
    guard heading != nil, heading?.anchor == nil, tree.nodes[index].tag == .a else { return }
    let target = tree.attribute(.href, of: index)
    heading?.anchor =
      tree.attribute(.id, of: index) ?? (target?.first == UInt8(ascii: "#") ? target?.dropFirst() : nil)
    if heading?.anchor?.isEmpty == true { heading?.anchor = nil }
  }

  /// A page break of an EPUB or of a scanned book names the printed page that starts here.
  private mutating func readPageBreak(_ index: Int, into builder: inout DocumentBuilder) -> Bool {
    let kind = tree.attribute(.epubType, of: index) ?? tree.attribute(.role, of: index)
    guard let kind = kind?.string, kind == "pagebreak" || kind == "doc-pagebreak" else { return false }
    let name =
      tree.attribute(.title, of: index) ?? tree.attribute(.ariaLabel, of: index)
      ?? HTMLPreformatted.text(of: index, in: tree, without: content.isDropped)[...]
    guard let page = Int(name.filter(\.isASCIIDigit).string), page > 0 else { return true }
    if line.isEmpty { builder.page = page } else { nextPage = page }
    return true
  }

  // MARK: Inline elements

  private mutating func addImage(_ index: Int) {
    // The sign before a note's title says the same.
    if let admonition, index < admonition.title { return }
    guard let text = tree.attribute(.alt, of: index), !text.isBlank else { return }
    line.space()
    line.add(text)
    line.space()
  }

  private mutating func addCheckbox(_ index: Int) {
    guard tree.attribute(.type, of: index)?.lowercasedString == "checkbox", marker != nil else { return }
    line.add(tree.attribute(.checked, of: index) == nil ? "[ ] " : "[x] ")
  }

  /// The TeX source that formula renderers put beside their MathML.
  private mutating func addFormula(_ index: Int) -> Bool {
    for node in tree.subtree(index) where tree.nodes[node].tag == .annotation {
      let source = HTMLPreformatted.text(of: node, in: tree, without: content.isDropped)
      guard !source.isBlank else { continue }
      line.addVerbatim("$".utf8)
      line.addVerbatim(source.trimmedSpace)
      line.addVerbatim("$".utf8)
      return true
    }
    return false
  }

  /// Marks exponents and references to notes.
  private mutating func addSuperscript(_ index: Int) -> Bool {
    let text = HTMLPreformatted.text(of: index, in: tree, without: content.isDropped).trimmedSpace
    guard !text.isEmpty, text.count <= 12 else { return false }
    let nodes = tree.subtree(index)
    let isLink =
      open.last.map { tree.nodes[$0].tag == .a } ?? false || nodes.contains { tree.nodes[$0].tag == .a }
    if isLink {
      addNote(text)
      return true
    }
    if HTMLSuperscript.isExponent(text, after: line.bytes) { line.addVerbatim("^".utf8) }
    return false
  }

  private mutating func addNoteReference(_ index: Int) -> Bool {
    let kind = tree.attribute(.epubType, of: index) ?? tree.attribute(.role, of: index)
    guard let kind = kind?.string, kind == "noteref" || kind == "doc-noteref" else { return false }
    addNote(HTMLPreformatted.text(of: index, in: tree, without: content.isDropped).trimmedSpace)
    return true
  }

  private mutating func addNote(_ text: ArraySlice<UInt8>) {
    let isBracketed = text.first == UInt8(ascii: "[")
    if !isBracketed { line.addVerbatim("[".utf8) }
    line.add(text)
    if !isBracketed { line.addVerbatim("]".utf8) }
  }

  // MARK: Blocks

  private mutating func startItem(_ index: Int) {
    if let depth = lists.indices.last, let number = lists[depth] {
      let value = tree.number(.value, of: index) ?? number
      lists[depth] = value + 1
      marker = "\(value). "
    } else {
      marker = "- "
    }
  }

  private mutating func writeTable(_ index: Int, into builder: inout DocumentBuilder) -> Bool {
    guard heading == nil, !laysOutNote(index),
      let table = HTMLTable(index, in: tree, without: content.isDropped)
    else { return false }
    emit(.paragraph, table.caption, into: &builder)
    emit(.table, table.text, into: &builder)
    return true
  }

  /// Whether a table is nothing but the sign of a note beside its text.
  private func laysOutNote(_ table: Int) -> Bool {
    guard let parent = tree.parent(table), HTMLAdmonition.isBox(parent, in: tree) else { return false }
    return tree.subtree(table).contains { node in
      node == admonition?.title
        || tree.attribute(.classes, of: node).map { HTMLClassNames($0).contains("icon") } == true
    }
  }

  private mutating func closeHeading(into builder: inout DocumentBuilder) {
    guard let (level, own) = heading else { return }
    heading = nil
    let text = line.take()
    guard !text.isBlank else {
      anchor = own ?? anchor
      return
    }
    anchor = own ?? anchor
    emit(.heading(level: level), text, into: &builder)
  }

  private mutating func closeTerm() {
    var text = line.take()
    // Texinfo's category of an entry, which may have no name.
    if text.starts(with: ": ".utf8) { text.removeFirst(2) }
    guard !text.isEmpty else { return }
    if let earlier = term {
      term = (earlier.text + [.lineFeed] + text, earlier.anchor ?? anchor)
    } else {
      term = (text, anchor)
    }
    anchor = nil
  }

  private mutating func flushTerm(into builder: inout DocumentBuilder) {
    guard let (text, own) = term else { return }
    term = nil
    builder.append(.paragraph, utf8: text, anchor: own?.string, indent: lists.count.indent)
  }

  /// Ends a paragraph; within a heading only a word.
  private mutating func breakBlock(into builder: inout DocumentBuilder) {
    if heading == nil { flush(into: &builder) } else { line.space() }
  }

  private mutating func flush(into builder: inout DocumentBuilder) {
    guard !line.isEmpty else { return }
    let text = takeLabel() + line.take()
    if let marker {
      let depth = max(lists.count - 1, 0)
      self.marker = nil
      emit(.listItem, Array(marker.utf8) + text, indent: depth.indent, into: &builder)
    } else {
      emit(quotes > 0 ? .quote : .paragraph, text, indent: lists.count.indent, into: &builder)
    }
  }

  /// The title of a note before its first words, as `Note: `; empty where there is none.
  private mutating func takeLabel() -> [UInt8] {
    guard let label = admonition?.label, let last = label.last else { return [] }
    admonition?.label = nil
    return label + Array((".:!?".utf8.contains(last) ? " " : ": ").utf8)
  }

  /// Writes the title of a note that begins with no text.
  private mutating func flushLabel(into builder: inout DocumentBuilder) {
    guard let label = admonition?.label else { return }
    admonition?.label = nil
    builder.append(.paragraph, utf8: label, anchor: anchor?.string, indent: lists.count.indent)
    anchor = nil
  }

  private mutating func emit(
    _ kind: Block.Kind, _ text: [UInt8], indent: Int = 0, into builder: inout DocumentBuilder
  ) {
    guard !text.isBlank else { return }
    var text = text
    if kind == .paragraph, let (words, own) = term {
      text = words + [.lineFeed] + text
      anchor = own ?? anchor
      term = nil
    } else {
      flushTerm(into: &builder)
    }
    flushLabel(into: &builder)
    if kind != .listItem { marker = nil }
    builder.append(kind, utf8: text, anchor: anchor?.string, indent: indent)
    anchor = nil
    if let page = nextPage {
      builder.page = page
      nextPage = nil
    }
  }
}

extension Int {
  /// Spaces before a list item at this depth; bounded, so that hostile nesting does not grow the text.
  var indent: Int { Swift.min(self, 12) * 2 }
}
