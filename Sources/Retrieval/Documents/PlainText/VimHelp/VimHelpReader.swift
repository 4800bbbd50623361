/// Reads the help files of Vim (`:help help-writing`): sections between rows of `=`, entries whose names stand in the first
/// column, examples between ` >` and `<`, tags and links.
struct VimHelpReader {
  var builder: DocumentBuilder
  var lines: [VimHelpLine]
  private var line = 0
  private var isInPreamble = true
  private var title: String?
  /// The sign of the row right above.
  private var rule: UInt8?
  /// Tags that stood above what comes next.
  var tags: [String] = []
  /// What the next paragraph describes.
  private var term: (text: [UInt8], anchor: String?)?
  /// Whether nothing but tags, a row or an example stands right above.
  private var isFirst = true
  private var announces = false

  /// Lines of an example that nothing marks as one.
  private static let longestExample = 12
  /// From this column on stands what is said of a name in the first one.
  private static let bodyColumn = 8

  init(_ source: TextLines, into builder: DocumentBuilder) {
    self.builder = builder
    lines = (0..<source.count).map { VimHelpLine(source[$0]) }
    for number in VimHelp.modelineIndices(of: source) { lines[number] = VimHelpLine([]) }
  }

  mutating func read() {
    readFirstLine()
    while line < lines.count {
      let current = lines[line]
      if current.isBlank {
        line += 1
        isFirst = true
        if rule != nil, line < lines.count, lines[line].isBlank { rule = nil }
      } else if let sign = current.rule {
        flushTerm()
        rule = sign
        if sign == UInt8(ascii: "=") { isInPreamble = false }
        line += 1
        isFirst = true
      } else if current.isTagsOnly {
        tags += current.tags
        line += 1
      } else if isNavigation(current) {
        line += 1
      } else if let heading = VimHelpHeading(current, at: place(of: line)) {
        write(heading, of: current)
      } else {
        rule = nil
        isFirst = false
        readUnit()
      }
    }
    flushTerm()
    if builder.title == nil { builder.title = title ?? builder.firstHeading }
  }

  /// `*undo.txt*  For Vim version 9.0.  Last change: 2022 Jun 02`, of which only another text is kept, as title.
  private mutating func readFirstLine() {
    guard let first = lines.first, first.beginsWithTag else { return }
    line = 1
    let text = first.text.string
    if !text.isEmpty, !text.contains("Last change"), !text.hasPrefix("For Vim") {
      title = VimHelpLine.plain(first.text).string
    }
  }

  private func place(of line: Int) -> VimHelpHeading.Place {
    let isLast = line + 1 >= lines.count || lines[line + 1].isBlank || lines[line + 1].rule != nil
    return VimHelpHeading.Place(
      rule: rule, isInPreamble: isInPreamble, hasTitle: title != nil, isFirst: isFirst, isLast: isLast)
  }

  /// What the manuals say of themselves on every first page.
  private func isNavigation(_ line: VimHelpLine) -> Bool {
    let text = line.text.string
    if isInPreamble, text.hasPrefix("VIM "), text.contains(" MANUAL") { return true }
    return ["Next chapter: ", "Previous chapter: ", "Table of contents: "].contains {
      text.hasPrefix($0) && text.contains("|")
    }
  }

  private mutating func write(_ heading: VimHelpHeading, of line: VimHelpLine) {
    flushTerm()
    let anchor = (tags + line.tags).first
    tags = []
    rule = nil
    if heading.level == 1, title == nil { title = heading.text.string }
    builder.append(.heading(level: heading.level), utf8: heading.text, anchor: anchor)
    self.line += 1
    announces = false
    isFirst = true
  }

  // MARK: Units

  private mutating func readUnit() {
    let current = lines[line]
    if current.isMarked { return readMarked() }
    if let parts = current.parts,
      VimHelpLine.isLink(parts.rest) || current.indent == 0 && VimHelpLine.isLink(parts.name)
    {
      return readContents(parts.name, parts.rest)
    }
    if let width = current.markerWidth { return readItem(width) }
    if current.indent == 0, let entry = entry(at: line) { return begin(entry) }
    if current.indent > 0, announces, let end = endOfExample(from: line) {
      writeCode(line..<end)
      line = end
      return
    }
    if current.indent > 0, let parts = current.parts, parts.name.count <= 32 { return readPair(parts) }
    readParagraph()
  }

  /// Lines that end with `~`: the head of a table with its rows, or an example.
  private mutating func readMarked() {
    let start = line
    if lines[line].parts != nil, lines[line].indent == 0 {
      var rows: [[UInt8]] = []
      while line < lines.count, !lines[line].isBlank, !lines[line].isTagsOnly {
        let cells = lines[line].cells.map { VimHelpLine.plain($0) }
        rows.append(Array(cells.joined(separator: Array(" | ".utf8))))
        line += 1
      }
      // A head alone stands over entries.
      if rows.count > 1 { emit(.table, Array(rows.joined(separator: [.lineFeed]))) }
      return
    }
    while line < lines.count, lines[line].isMarked, !lines[line].isBlank { line += 1 }
    guard lines[start].indent > 0 else {
      return emitParagraph(Array(lines[start..<line].map(\.text).joined(separator: [.space])))
    }
    writeCode(start..<line, marked: true)
  }

  /// A line of a table of contents: `|10.1|  Recording`, `1. Recording   |recording|`.
  private mutating func readContents(_ name: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>) {
    let text = VimHelpLine.isLink(rest) ? Array(name) : name + [.space] + rest
    let marker = lines[line].markerWidth == nil ? Array("- ".utf8) : []
    emit(.listItem, VimHelpLine.plain(marker + text))
    line += 1
  }

  private mutating func readItem(_ width: Int) {
    let indent = lines[line].indent
    let marker = width == 2 ? Array("- ".utf8) : Array(lines[line].text.prefix(width))
    var text = marker + lines[line].text.dropFirst(width)
    let opensCode = goOn(&text) { current in
      current.indent > indent && current.markerWidth == nil && current.parts == nil
    }
    emit(.listItem, VimHelpLine.plain(text))
    if opensCode { readCode() }
  }

  /// Adds the lines below the current one that belong to its text, up to one that an example follows.
  ///
  /// - Returns: whether one follows.
  private mutating func goOn(_ text: inout [UInt8], while belongs: (VimHelpLine) -> Bool) -> Bool {
    while true {
      let opensCode = lines[line].opensCode
      line += 1
      if opensCode { return true }
      guard line < lines.count, !lines[line].isBlank, !lines[line].isTagsOnly, !lines[line].isMarked,
        belongs(lines[line])
      else { return false }
      text += [.space] + lines[line].text
    }
  }

  /// `<empty>   normal buffer`, with what follows below the second column.
  private mutating func readPair(_ parts: (name: ArraySlice<UInt8>, rest: ArraySlice<UInt8>, column: Int)) {
    var text = Array(parts.rest)
    let indent = lines[line].indent
    let opensCode = goOn(&text) { $0.indent > indent && $0.indent >= parts.column - 2 }
    let sign = parts.name.last.map { ":,;".utf8.contains($0) } == true ? " " : ": "
    emit(.listItem, VimHelpLine.plain(Array("- ".utf8) + parts.name + Array(sign.utf8) + text))
    if opensCode { readCode() }
  }

  private mutating func readParagraph() {
    let base = lines[line].indent
    var text: [UInt8] = []
    var hanging: Int?
    let start = line
    while line < lines.count, !lines[line].isBlank, lines[line].rule == nil {
      let current = lines[line]
      if line > start {
        if current.isTagsOnly || current.isMarked || current.markerWidth != nil { break }
        if current.indent == 0, entry(at: line) != nil { break }
        if current.indent > 0, let parts = current.parts, parts.name.count <= 32,
          text.last == UInt8(ascii: ":") || line + 1 < lines.count && lines[line + 1].indent == parts.column
        {
          break
        }
        if current.indent != hanging ?? base {
          // A first line may be indented, and a sentence may go on below its first words.
          let isFirstIndented = line == start + 1 && current.indent < base && base - current.indent < 8
          let goesOn =
            line == start + 1 && current.indent > base && current.parts == nil
            && text.last.map { !".:!?".utf8.contains($0) } == true
          guard isFirstIndented || goesOn else { break }
          hanging = current.indent
        }
        text.append(.space)
      }
      text += current.text
      line += 1
      if current.opensCode {
        emitParagraph(text)
        return readCode()
      }
    }
    emitParagraph(text)
  }

  // MARK: Entries

  private struct Entry {
    var names: [[UInt8]]
    var tags: [String]
    /// The line on which the description begins, and what stands there after the name.
    var body: Int
    var rest: (text: ArraySlice<UInt8>, column: Int)?
  }

  /// What a name in the first column begins: `:u[ndo]   Undo one change.`, or a name with a tag above indented lines.
  private func entry(at start: Int) -> Entry? {
    var entry = Entry(names: [], tags: tags, body: start)
    while entry.names.count < 4, entry.body < lines.count, !lines[entry.body].isBlank,
      lines[entry.body].indent == 0,
      lines[entry.body].rule == nil, !lines[entry.body].isMarked
    {
      let line = lines[entry.body]
      let isOwn = !entry.tags.isEmpty || !line.tags.isEmpty
      if let parts = line.parts {
        guard parts.name.count <= 60, parts.column >= Self.bodyColumn else { return nil }
        entry.names.append(Array(parts.name))
        entry.tags += line.tags
        let next = VimHelpLine(indent: parts.column, text: parts.rest, of: line)
        if let more = next.parts, more.name.count <= 30, more.name.first.map("{[".utf8.contains) == true {
          entry.names[entry.names.count - 1] += [.space] + more.name
          entry.rest = (more.rest, more.column)
          return entry
        }
        // `<Undo>  or` above `u`.
        if parts.rest.elementsEqual("or".utf8) {
          entry.body += 1
          continue
        }
        entry.rest = (parts.rest, parts.column)
        return entry
      }
      guard line.text.count <= 70, let last = line.text.last, !".:;,!?".utf8.contains(last), !line.opensCode,
        isOwn || last == UInt8(ascii: ")")
      else { return nil }
      entry.names.append(line.text)
      entry.tags += line.tags
      entry.body += 1
      if entry.body < lines.count, !lines[entry.body].isBlank, lines[entry.body].indent >= Self.bodyColumn {
        return entry
      }
    }
    return nil
  }

  private mutating func begin(_ entry: Entry) {
    flushTerm()
    var words = entry.names.map { VimHelpLine.plain($0) }
    var body = entry.body
    if let rest = entry.rest {
      lines[body] = VimHelpLine(indent: rest.column, text: VimHelpLine.plain(rest.text)[...], of: lines[body])
      // The type and the scope of an option stand beside its name, the description below.
      if ["boolean", "number", "string"].contains(where: { rest.text.starts(with: $0.utf8) }) {
        var type = VimHelpLine.plain(rest.text)
        body += 1
        while body < lines.count, !lines[body].isBlank, lines[body].indent >= 2 * Self.bodyColumn {
          type += [.space] + VimHelpLine.plain(lines[body].text)
          body += 1
        }
        words[words.count - 1] += [.space] + type
      }
    }
    if entry.rest == nil, lines[body].parts != nil, lines[body].indent >= 3 * Self.bodyColumn {
      let text = VimHelpLine.plain(lines[body].text)
      lines[body] = VimHelpLine(indent: lines[body].indent, text: text[...], of: lines[body])
    }
    let names = entry.names.map(\.string).joined(separator: " ")
    // Of `:u[ndo]`, nobody asks by what may be left out; errors are asked for by their numbers.
    let bare = names.filter { $0 != "[" && $0 != "]" }
    let missing = entry.tags.filter { !names.contains($0) }
    let whole = missing.filter(bare.contains).max { $0.count < $1.count }
    let others = [whole].compactMap(\.self) + missing.filter(Self.isError)
    if !others.isEmpty { words[words.count - 1] += Array(" (\(others.joined(separator: ", ")))".utf8) }
    term = (Array(words.joined(separator: [.lineFeed])), entry.tags.first)
    tags = []
    line = body
    announces = false
  }

  // MARK: Examples

  /// The end of lines that are no prose, below a line that ends with a colon; nil for others.
  private func endOfExample(from start: Int) -> Int? {
    var end = start
    while end < lines.count, !lines[end].isBlank, lines[end].indent >= lines[start].indent {
      let current = lines[end]
      guard current.parts == nil, current.markerWidth == nil, !current.isMarked, current.tags.isEmpty,
        let last = current.text.last, !".!?:,".utf8.contains(last), end - start < Self.longestExample
      else { return nil }
      end += 1
    }
    return end
  }

  /// Reads an example up to a line that begins in the first column.
  private mutating func readCode() {
    var end = line
    while end < lines.count, lines[end].isBlank || lines[end].columns.first == .space { end += 1 }
    writeCode(line..<end)
    if end < lines.count, lines[end].closesCode { lines[end] = lines[end].withoutClosing }
    line = end
    isFirst = true
  }

  private mutating func writeCode(_ range: Range<Int>, marked: Bool = false) {
    let shown = lines[range].map {
      marked ? [UInt8](repeating: .space, count: $0.indent) + $0.text : $0.columns
    }
    let base = shown.lazy.filter { !$0.isEmpty }.map { $0.prefix { $0 == .space }.count }.min() ?? 0
    let code = shown.map { $0.dropFirst(base) }.joined(separator: [.lineFeed])
    emit(.code, CodeMargin.added(to: Array(code)))
  }

  // MARK: Output

  private mutating func emitParagraph(_ text: [UInt8]) {
    let words = VimHelpLine.plain(text)
    guard !words.isEmpty else { return }
    announces = words.last == UInt8(ascii: ":")
    if let (names, anchor) = term {
      term = nil
      builder.append(.paragraph, utf8: names + [.lineFeed] + words, anchor: tags.first ?? anchor)
    } else {
      // Numbers of errors are asked for, and stand nowhere else.
      let errors = tags.filter(Self.isError)
      let names = errors.isEmpty ? [] : Array(errors.joined(separator: ", ").utf8) + [.lineFeed]
      builder.append(.paragraph, utf8: names + words, anchor: tags.first)
    }
    tags = []
  }

  /// `E325`.
  private static func isError(_ tag: String) -> Bool {
    tag.first == "E" && tag.count > 2 && tag.dropFirst().allSatisfy(\.isNumber)
  }

  private mutating func emit(_ kind: Block.Kind, _ text: [UInt8]) {
    flushTerm()
    announces = false
    guard !text.isBlank else { return }
    builder.append(kind, utf8: text, anchor: tags.first)
    tags = []
  }

  private mutating func flushTerm() {
    guard let (names, anchor) = term else { return }
    term = nil
    builder.append(.paragraph, utf8: names, anchor: anchor)
  }
}
