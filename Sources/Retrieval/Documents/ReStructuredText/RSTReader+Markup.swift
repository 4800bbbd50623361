extension RSTReader {
  /// Targets, notes, substitutions, comments and directives: what begins with `..`.
  mutating func readExplicitMarkup(at line: Int, in range: Range<Int>, depth: Int) -> Int {
    let indent = lines[line].indent
    let end = endOfIndented(after: line, in: range, indent: indent)
    let content = lines[line].content.dropFirst(2).trimmedSpace
    // An empty comment ends what came before and takes nothing with it.
    if content.isEmpty, line + 1 < end, lines[line + 1].isBlank { return line + 1 }
    if content.first == UInt8(ascii: "_") {
      readTarget(content.dropFirst(), hasMore: (line + 1..<end).contains { !lines[$0].isBlank })
    } else if content.first == UInt8(ascii: "["), let close = content.firstIndex(of: UInt8(ascii: "]")) {
      readNote(content, close: close, at: line, end: end, depth: depth)
    } else if content.first != UInt8(ascii: "|"),
      let directive = RSTDirective(content, at: line, end: end, in: lines)
    {
      read(directive, in: range, depth: depth)
    }
    return end
  }

  /// `_name:` points at what follows; `_name: url` is no part of the text.
  private mutating func readTarget(_ target: ArraySlice<UInt8>, hasMore: Bool) {
    guard !hasMore, target.last == UInt8(ascii: ":"), target.first != UInt8(ascii: "_") else { return }
    let name = target.dropLast().filter { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\\") }
    let id = Self.identifier(name)
    if !id.isEmpty { anchor = id }
  }

  private mutating func readNote(_ content: ArraySlice<UInt8>, close: Int, at line: Int, end: Int, depth: Int)
  {
    var label = content[(content.startIndex + 1)..<close]
    if label.first == UInt8(ascii: "#"), label.count > 1 { label = label.dropFirst() }
    lead = "[" + label.string + "] "
    let rest = content[(close + 1)...].trimmedSpace
    let indent =
      (line + 1..<end).contains { !lines[$0].isBlank }
      ? smallestIndent(line + 1..<end) : lines[line].indent + 3
    lines[line] = RSTLine(indent: rest.isEmpty ? 0 : indent, content: rest)
    readBody(line..<end, indent: indent, depth: depth + 1)
    lead = nil
  }

  private mutating func read(_ directive: RSTDirective, in range: Range<Int>, depth: Int) {
    let body = directive.body
    if directive.mayBeMark, isMark(directive) {
      switch textMarked(by: directive, in: range) {
      case .namesIt: return
      case .title: return marks.append(plain(directive.argument))
      case .other: break
      }
    }
    switch directive.kind {
    case .dropped: break
    case .code:
      if let caption = directive.options["caption"] { emitParagraph(plain(caption)) }
      emit(.code, CodeMargin.added(to: lines[body].verbatim))
    case .formula:
      let text = directive.argument.isEmpty ? [] : Array(directive.argument) + [.lineFeed]
      emitParagraph(text + lines[body].verbatim.trimmedSpace)
    case .picture:
      if let text = directive.options["alt"] { emitParagraph(plain(text)) }
      readBody(body, depth: depth)
    case .labelled(let label):
      lead = label + ": "
      readWithArgument(directive, depth: depth)
      flushLead()
    case .versioned(let label):
      let words = directive.argument
      let version = words.prefix { !$0.isASCIISpace }
      lead = label + " " + version.string + ": "
      var rest = directive
      rest.argument = words[version.endIndex...].trimmedSpace
      readWithArgument(rest, depth: depth)
      flushLead()
    case .titled:
      emitParagraph(plain(directive.argument))
      readBody(body, depth: depth)
    case .container: readBody(body, depth: depth)
    case .text: readWithArgument(directive, depth: depth)
    case .quote:
      quotes += 1
      readWithArgument(directive, depth: depth)
      quotes -= 1
    case .glossary:
      glossaries += 1
      readBody(body, depth: depth)
      glossaries -= 1
    case .listTable:
      emitParagraph(plain(directive.argument))
      emitTable(listTable(body))
    case .csvTable:
      emitParagraph(plain(directive.argument))
      emitTable(csvTable(directive))
    case .module: enter(module: directive)
    case .description(let isScope): readDescription(directive, isScope: isScope, depth: depth)
    }
  }

  private mutating func readBody(_ body: Range<Int>, depth: Int) {
    guard !body.isEmpty else { return }
    readBody(body, indent: smallestIndent(body), depth: depth + 1)
  }

  /// Reads a body whose first words stand on the directive's own line.
  private mutating func readWithArgument(_ directive: RSTDirective, depth: Int) {
    guard !directive.argument.isEmpty else { return readBody(directive.body, depth: depth) }
    let start = directive.line
    let continued = directive.firstBlock
    if continued.isEmpty || directive.hasOptions {
      emitParagraph(plain(directive.argument))
      return readBody(directive.body, depth: depth)
    }
    lines[start] = RSTLine(indent: smallestIndent(continued), content: directive.argument)
    readBody(start..<directive.end, indent: smallestIndent(continued), depth: depth + 1)
  }

  // MARK: Tables

  /// A list of rows, each a list of cells.
  private func listTable(_ body: Range<Int>) -> [RSTTable.Row] {
    let margin = smallestIndent(body)
    var rows: [RSTTable.Row] = []
    var cellIndent = 0
    for line in lines[body] where !line.isBlank {
      var content = line.content
      var indent = line.indent
      if indent == margin, let first = content.first, "*-+".utf8.contains(first) {
        rows.append([])
        let rest = content.dropFirst().drop { $0 == .space }
        indent += content.count - rest.count
        content = rest
        cellIndent = indent
      }
      guard !rows.isEmpty else { continue }
      let isCell = indent == cellIndent && content.first.map { "*-+".utf8.contains($0) } ?? false
      if isCell { content = content.dropFirst().drop { $0 == .space } }
      if isCell || rows[rows.count - 1].isEmpty {
        rows[rows.count - 1].append(Array(content))
      } else if !content.isEmpty {
        let last = rows[rows.count - 1].count - 1
        rows[rows.count - 1][last] += (rows[rows.count - 1][last].isEmpty ? [] : [.space]) + content
      }
    }
    return rows
  }

  private func csvTable(_ directive: RSTDirective) -> [RSTTable.Row] {
    var delimiter = UInt8(ascii: ",")
    if let name = directive.options["delim"] {
      delimiter =
        name.elementsEqual("tab".utf8)
        ? 0x09 : name.elementsEqual("space".utf8) ? .space : name.first ?? delimiter
    }
    let header = directive.options["header"].map { RSTTable.csv(Array($0), delimiter: delimiter) } ?? []
    return header + RSTTable.csv(lines[directive.body].verbatim, delimiter: delimiter)
  }

  // MARK: Descriptions of code

  private mutating func enter(module directive: RSTDirective) {
    let name = directive.argument.string
    scopes = name.isEmpty || name == "None" ? [] : [name]
    if directive.name == "module" || directive.name == "py:module" { anchor = "module-" + name }
  }

  /// The signatures of a function, class or option above its description.
  private mutating func readDescription(_ directive: RSTDirective, isScope: Bool, depth: Int) {
    flushTerm()
    let signatures = directive.signatures(in: lines)
    let name = signatures.first.map { RSTDirective.describedName($0) } ?? ""
    let path = (scopes + [name]).joined(separator: ".")
    let own = directive.describesPython && !name.isEmpty ? path : nil
    term = (Array(signatures.map { RSTInline.plain($0) }.joined(separator: [.lineFeed])), own ?? anchor)
    anchor = nil
    if isScope { scopes.append(name) }
    readBody(directive.body, depth: depth)
    if isScope { scopes.removeLast() }
    flushTerm()
  }
}
