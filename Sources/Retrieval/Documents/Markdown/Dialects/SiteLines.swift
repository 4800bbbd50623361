/// Turns whole lines that site generators and wikis understand into what they show: blocks of pymdownx, callouts, tables of
/// contents, files put in, and what is hidden in code.
struct SiteLines {
  private let lines: TextLines
  private let closings: ClosingLines
  private var output: [UInt8] = []
  /// Where the line that was written last begins.
  private var lastLine = 0
  private var fence = MarkdownFence()
  private var code = CodeLines()
  private var blocks = SlashBlocks()
  private var isInOptions = false
  private var isInComment = false
  private var isInFormula = false
  /// The end of the code span that began last.
  private var endOfCode = 0
  private var indented = IndentedCode()
  /// The definitions in lists of terms that are open, outermost first: from which column on lines belong to one, and how
  /// many columns its first line is indented further than what the definition stands in.
  private var definitions: [(start: Int, columns: Int?)] = []

  private init(_ text: [UInt8]) {
    lines = TextLines(text)
    closings = ClosingLines(lines)
  }

  static func plain(_ text: [UInt8]) -> [UInt8] {
    var reader = SiteLines(text)
    reader.output.reserveCapacity(text.count)
    for line in 0..<reader.lines.count { reader.take(line) }
    return reader.output
  }

  private mutating func take(_ number: Int) {
    var line = lines[number]
    let indent = line.indentColumns
    if !definitions.isEmpty, !line.isBlank {
      while !fence.isOpen, let last = definitions.last, indent < last.start - 2 { definitions.removeLast() }
      line = line.dedented(by: columnsOfDefinitions(at: indent))
    }
    let wasOpen = fence.isOpen
    if fence.takes(line) {
      isInOptions = false
      if !wasOpen {
        code = CodeLines(fence: line)
        write(line)
      } else if !fence.isOpen {
        indented.passFence()
        write(line)
      } else if let shown = code.shown(line) {
        write(shown)
      }
      return
    }
    let content = line.trimmedSpace
    guard let first = content.first else {
      (isInOptions, isInFormula) = (false, false)
      _ = indented.takes(line)
      return isInComment ? () : write(line)
    }
    let isAfterBlank = indented.isAfterBlank
    if indented.takes(line), !isInComment { return write(line) }
    if content.starts(with: "%%"), takeComment(content, number) || isInComment { return }
    if isInComment { return }
    if takeFormula(content) { return write(line) }
    // A line that a code span goes on to begins nothing.
    if line.startIndex < endOfCode { return write(plain(line)) }
    if isInOptions {
      if line.indentColumns >= 4 { return }
      isInOptions = false
    }
    switch first {
    case UInt8(ascii: ":"): if takeDefinition(line, indent, isAfterBlank: isAfterBlank) { return }
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      // Boxes of Docsify have no label.
      if content.dropFirst().starts(with: "> ") { return write(plain(content.dropFirst(3))) }
    case UInt8(ascii: "<"): if Self.opensMarkdown(content) { return writeOpening(line, before: number + 1) }
    case UInt8(ascii: "/"): if takeBlock(content, number) { return }
    case UInt8(ascii: ">"): if takeCallout(line) { return }
    case UInt8(ascii: "{"): if takeAttributes(content, number) { return }
    case UInt8(ascii: "#"): return writeHeading(line)
    default: break
    }
    if Self.isPlace(content) { return write([]) }
    write(plain(line))
  }

  private mutating func plain(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    InlineMarks.plain(part, of: lines.bytes, endOfCode: &endOfCode)
  }

  private mutating func write(_ line: ArraySlice<UInt8>) {
    lastLine = output.count
    output.append(contentsOf: line)
    output.append(.lineFeed)
  }

  private mutating func writeParagraph(_ words: ArraySlice<UInt8>) {
    write([])
    if !words.isEmpty { write(plain(words)) }
    write([])
  }

  // MARK: Comments and formulas

  /// A comment of Obsidian: a line between two pairs of signs, or lines between such pairs on lines of their own.
  private mutating func takeComment(_ line: ArraySlice<UInt8>, _ number: Int) -> Bool {
    if line.count == 2 {
      guard isInComment || closings.closesComment(after: number) else { return false }
      isInComment.toggle()
      return true
    }
    let inner = line.dropFirst(2).dropLast(2)
    return line.count > 4 && line.suffix(2).elementsEqual("%%".utf8)
      && !zip(inner, inner.dropFirst()).contains { $0 == UInt8(ascii: "%") && $1 == $0 }
  }

  /// A line of a formula between pairs of dollar signs that stand on different lines, in which nothing is a mark of a site.
  private mutating func takeFormula(_ line: ArraySlice<UInt8>) -> Bool {
    let dollar = UInt8(ascii: "$")
    guard isInFormula || line.starts(with: "$$") else { return false }
    let pairs = zip(line, line.dropFirst()).count { $0 == dollar && $1 == dollar }
    guard pairs == 1 else { return isInFormula }
    isInFormula.toggle()
    return true
  }

  /// The definition of the term above in Pandoc's lists and those of Python-Markdown: `:   Words`.
  private mutating func takeDefinition(_ line: ArraySlice<UInt8>, _ indent: Int, isAfterBlank: Bool) -> Bool {
    let content = line.trimmedSpace
    guard line.indentColumns < 4, content.dropFirst().first?.isASCIISpace == true else { return false }
    definitions.append((indent + 4, nil))
    // Right below its term a definition is a part of the same paragraph.
    guard isAfterBlank else { return false }
    write(plain(content.dropFirst().trimmedSpace))
    return true
  }

  /// How many columns the definitions that are open indent a line.
  private mutating func columnsOfDefinitions(at indent: Int) -> Int {
    var columns = 0
    for index in definitions.indices {
      let own = definitions[index].columns ?? min(max(indent - columns, 0), 4)
      definitions[index].columns = own
      columns += own
    }
    return columns
  }

  /// A tag that says that Markdown is in it: `<div class="grid" markdown>`.
  private static func opensMarkdown(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.dropFirst().first?.isASCIILetter == true, line.last == UInt8(ascii: ">"),
      !line.dropFirst().contains(UInt8(ascii: "<"))
    else { return false }
    return line.split(separator: .space).dropFirst().contains {
      $0.starts(with: "markdown=\"") || $0.elementsEqual("markdown>".utf8)
        || $0.elementsEqual("markdown".utf8)
    }
  }

  private mutating func writeOpening(_ line: ArraySlice<UInt8>, before next: Int) {
    write(line)
    if next < lines.count, lines.indent(next) < 4 { write([]) }
  }

  // MARK: Places

  /// A line in the place of which a page has something else: a table of contents, a file, a film.
  private static func isPlace(_ line: ArraySlice<UInt8>) -> Bool {
    switch line.first {
    case UInt8(ascii: "["):
      return ["[toc]", "[[toc]]", "[[_toc_]]"].contains(line.prefix(10).lowercasedString)
        || ["[!INCLUDE", "[!VIDEO"].contains { line.starts(with: $0 as StaticString) }
          && "])".utf8.contains(line.last ?? 0)
    case UInt8(ascii: "-"), UInt8(ascii: ";"):
      // Snippets: `--8<-- "file"`.
      let rest = line.drop { $0 == UInt8(ascii: ";") }.drop { $0 == UInt8(ascii: "-") }
      guard line.dropFirst().first == UInt8(ascii: "-"), rest.starts(with: "8<-") else { return false }
      // Others cut along a line of such signs.
      let file = rest.dropFirst(2).drop { $0 == UInt8(ascii: "-") }.trimmedSpace
      return file.first.map { "\"'".utf8.contains($0) } ?? true
    case UInt8(ascii: "<"):
      return line.starts(with: "<<< ") && "@./~".utf8.contains(line[line.startIndex + 4])
    case UInt8(ascii: "@"):
      guard line.starts(with: "@["), let close = line.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = line[(close + 1)...]
      return address.first == UInt8(ascii: "(")
        && address.firstIndex(of: UInt8(ascii: ")")) == line.endIndex - 1
    case UInt8(ascii: "{"), UInt8(ascii: "\\"): return CodeLines.putsIn(line)
    default: return false
    }
  }

  /// Whether a line of `text` is the place of a file.
  static func putsFileIn(_ text: [UInt8]) -> Bool {
    let tags: [StaticString] = [
      "{% include", "{{< include", "{{% include", "{{< readfile", "{{% readfile", "import ",
    ]
    return text.split(separator: .lineFeed).contains { line in
      let line = line.trimmedSpace
      return isPlace(line) && !line.starts(with: "[") || tags.contains { line.starts(with: $0) }
    }
  }

  // MARK: Blocks of pymdownx

  /// `/// note | Title`, its options, and `///` at its end.
  private mutating func takeBlock(_ line: ArraySlice<UInt8>, _ number: Int) -> Bool {
    let slashes = line.prefix { $0 == UInt8(ascii: "/") }.count
    guard slashes >= 3 else { return false }
    let rest = line.dropFirst(slashes).trimmedSpace
    if rest.isEmpty {
      guard blocks.end(slashes) else { return false }
      write([])
      return true
    }
    let name = rest.prefix { $0.isASCIIAlphanumeric || "-_".utf8.contains($0) }
    let after = rest[name.endIndex...].trimmedSpace
    guard name.first?.isASCIILetter == true, after.isEmpty || after.first == UInt8(ascii: "|"),
      closings.closesBlock(slashes, after: number)
    else { return false }
    blocks.begin(slashes)
    isInOptions = true
    // What follows the name of an element are its classes.
    let title = name.elementsEqual("html".utf8) ? [] : after.dropFirst().trimmedSpace
    if title.isEmpty, let label = AdmonitionLabel.label(of: name.lowercasedString) {
      writeParagraph(Array(label.utf8)[...])
    } else {
      writeParagraph(title)
    }
    return true
  }

  // MARK: Callouts

  /// `> [!note]- Title` of Obsidian, and GitHub's alerts, whose label is written with their words.
  private mutating func takeCallout(_ line: ArraySlice<UInt8>) -> Bool {
    let marks = line.prefix { $0.isASCIISpace || $0 == UInt8(ascii: ">") }
    let rest = line[marks.endIndex...]
    guard rest.starts(with: "[!"), let close = rest.prefix(60).firstIndex(of: UInt8(ascii: "]")) else {
      return false
    }
    let kind = rest[(rest.startIndex + 2)..<close]
    let name = kind.prefix { $0.isASCIILetter || $0 == UInt8(ascii: "-") }
    guard !name.isEmpty, name.count == kind.count || " |".utf8.contains(kind[name.endIndex]) else {
      return false
    }
    var title = rest[(close + 1)...]
    if let sign = title.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      title = title.dropFirst()
    }
    title = title.trimmedSpace
    // `[text](address)` and references are links.
    if let next = rest[(close + 1)...].first, "([:".utf8.contains(next) { return false }
    if !title.isEmpty {
      write(marks + plain(title))
      write(marks)
    } else if kind.contains(where: { "=/".utf8.contains($0) }) {
      write(marks)
    } else {
      write(marks + "[!".utf8 + name.map { $0.isASCIILetter ? $0 & 0xDF : $0 } + "]".utf8)
    }
    return true
  }

  // MARK: Attributes

  /// A list of attributes on a line of its own belongs to what is above it, or to the paragraph below.
  private mutating func takeAttributes(_ line: ArraySlice<UInt8>, _ number: Int) -> Bool {
    if line.starts(with: "{::") || line.starts(with: "{:/") { return line.last == UInt8(ascii: "}") }
    guard let list = AttributeList(line), list.end == line.endIndex else { return false }
    let isAfterBlank = number == 0 || lines.isBlank(number - 1)
    if let id = list.id, !isAfterBlank { giveHeading(id) }
    if list.names == ["toc"], !isAfterBlank, IndentedCode.beginsItem(output[lastLine...].trimmedSpace) {
      output.removeSubrange(lastLine...)
    }
    if isAfterBlank, number + 1 < lines.count, !lines.isBlank(number + 1),
      let label = list.classes.lazy.compactMap({ AdmonitionLabel.label(of: $0) }).first
    {
      writeParagraph(Array(label.utf8)[...])
    }
    return true
  }

  /// Adds `id` to the heading on the line above, if one stands there.
  private mutating func giveHeading(_ id: String) {
    let heading = output[lastLine...].dropLast()
    guard heading.first == UInt8(ascii: "#"), heading.last != UInt8(ascii: "}") else { return }
    output.removeLast()
    output.append(contentsOf: " {#\(id)}\n".utf8)
  }

  /// A heading keeps the identifier in its attributes, and nothing else of them.
  private mutating func writeHeading(_ line: ArraySlice<UInt8>) {
    // mkdocstrings documents an object below its name: `# ::: package.Name`.
    let marks = line.prefix { $0 == UInt8(ascii: "#") }
    let name = line[marks.endIndex...].trimmedSpace
    if name.starts(with: "::: ") { return write(marks + name.dropFirst(3)) }
    // The tabs of Microsoft's pages look like headings.
    if name.first == UInt8(ascii: "["), let end = name.lastIndex(of: UInt8(ascii: "]")),
      name[end...].starts(with: "](#tab/")
    {
      return writeParagraph(name[(name.startIndex + 1)..<end])
    }
    // Docsify: `Title :id=name`.
    if let colon = name.lastIndex(of: UInt8(ascii: ":")), name[colon...].starts(with: ":id=") {
      return write(marks + " ".utf8 + name[..<colon] + "{#".utf8 + name[(colon + 4)...] + "}".utf8)
    }
    guard line.trimmedSpace.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")),
      let list = AttributeList(line[open...].trimmedSpace), line[list.end...].isBlank
    else {
      return write(plain(line))
    }
    let words = plain(line[..<open])
    write(words + (list.id.map { Array(" {#\($0)}".utf8) } ?? []))
  }
}
