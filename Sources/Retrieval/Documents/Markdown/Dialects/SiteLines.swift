/// Turns whole lines that site generators and wikis understand into what they show: blocks of pymdownx, callouts, tables of
/// contents, files put in, and what is hidden in code.
struct SiteLines {
  private let lines: TextLines
  private var output: [UInt8] = []
  private var fence = MarkdownFence()
  private var code = CodeLines()
  /// Slashes of the blocks that are open.
  private var blocks: [Int] = []
  private var isInOptions = false
  private var isInComment = false
  /// Whether indented lines belong to an item, a box or a note rather than being code.
  private var holdsIndented = false
  private var isAfterBlank = true
  /// Where the text of the definitions in lists of terms begins that are open, outermost first.
  private var definitions: [Int] = []

  private init(_ text: [UInt8]) { lines = TextLines(text) }

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
      while !fence.isOpen, let start = definitions.last, indent < start - 2 { definitions.removeLast() }
      line = line.dedented(by: 4 * definitions.count)
    }
    let wasOpen = fence.isOpen
    if fence.takes(line) {
      isInOptions = false
      if !wasOpen {
        code = CodeLines(fence: line)
        write(line)
      } else if !fence.isOpen {
        write(line)
      } else if let shown = code.shown(line) {
        write(shown)
      }
      return
    }
    let content = line.trimmedSpace
    guard let first = content.first else {
      (isInOptions, isAfterBlank) = (false, true)
      return isInComment ? () : write(line)
    }
    let isAfterBlank = isAfterBlank
    if line.indentColumns >= 4, isAfterBlank, !holdsIndented, !isInComment { return write(line) }
    self.isAfterBlank = false
    if line.indentColumns < 2 { holdsIndented = Self.holdsIndented(content) }
    if content.elementsEqual("%%".utf8) {
      isInComment.toggle()
      return
    }
    if isInComment { return }
    if isInOptions {
      if line.indentColumns >= 4 { return }
      isInOptions = false
    }
    switch first {
    case UInt8(ascii: ":"): if takeDefinition(line, indent, isAfterBlank: isAfterBlank) { return }
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      // Boxes of Docsify have no label.
      if content.dropFirst().starts(with: "> ") { return write(InlineMarks.plain(content.dropFirst(3))) }
    case UInt8(ascii: "<"): if Self.opensMarkdown(content) { return writeOpening(line, before: number + 1) }
    case UInt8(ascii: "/"): if takeBlock(content) { return }
    case UInt8(ascii: ">"): if takeCallout(line) { return }
    case UInt8(ascii: "{"): if takeAttributes(content, number) { return }
    case UInt8(ascii: "#"): return writeHeading(line)
    default: break
    }
    if Self.isPlace(content) { return write([]) }
    write(InlineMarks.plain(line))
  }

  private mutating func write(_ line: ArraySlice<UInt8>) {
    output.append(contentsOf: line)
    output.append(.lineFeed)
  }

  private mutating func writeParagraph(_ words: ArraySlice<UInt8>) {
    output.append(.lineFeed)
    if !words.isEmpty { write(InlineMarks.plain(words)) }
    output.append(.lineFeed)
  }

  /// Whether what is indented below a line belongs to it: an item of a list, a box, a tab, a definition, a footnote.
  private static func holdsIndented(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    if "-*+!?=:/".utf8.contains(first) { return true }
    if first.isASCIIDigit {
      return line.drop { $0.isASCIIDigit }.first.map { ".)".utf8.contains($0) } ?? false
    }
    return line.starts(with: "[^")
  }

  /// The definition of the term above in Pandoc's lists and those of Python-Markdown: `:   Words`.
  private mutating func takeDefinition(_ line: ArraySlice<UInt8>, _ indent: Int, isAfterBlank: Bool) -> Bool {
    let content = line.trimmedSpace
    guard line.indentColumns < 4, content.dropFirst().first?.isASCIISpace == true else { return false }
    definitions.append(indent + 4)
    // Right below its term a definition is a part of the same paragraph.
    guard isAfterBlank else { return false }
    write(InlineMarks.plain(content.dropFirst().trimmedSpace))
    return true
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
        || line.starts(with: "[!INCLUDE") || line.starts(with: "[!VIDEO")
    case UInt8(ascii: "-"), UInt8(ascii: ";"):
      // Snippets: `--8<-- "file"`.
      let rest = line.drop { $0 == UInt8(ascii: ";") }.drop { $0 == UInt8(ascii: "-") }
      return line.dropFirst().first == UInt8(ascii: "-") && rest.starts(with: "8<-")
    case UInt8(ascii: "<"):
      return line.starts(with: "<<< ") && line.dropFirst(4).contains(where: { "/.".utf8.contains($0) })
    case UInt8(ascii: "@"):
      return line.starts(with: "@[") && line.last == UInt8(ascii: ")") && line.contains(UInt8(ascii: "]"))
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
  private mutating func takeBlock(_ line: ArraySlice<UInt8>) -> Bool {
    let slashes = line.prefix { $0 == UInt8(ascii: "/") }.count
    guard slashes >= 3 else { return false }
    let rest = line.dropFirst(slashes).trimmedSpace
    if rest.isEmpty {
      guard let open = blocks.lastIndex(of: slashes) else { return false }
      blocks.removeSubrange(open...)
      output.append(.lineFeed)
      return true
    }
    let name = rest.prefix { $0.isASCIIAlphanumeric || "-_".utf8.contains($0) }
    let after = rest[name.endIndex...].trimmedSpace
    guard name.first?.isASCIILetter == true, after.isEmpty || after.first == UInt8(ascii: "|") else {
      return false
    }
    blocks.append(slashes)
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
      write(marks + InlineMarks.plain(title))
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
    if list.names == ["toc"] { removeLastLine() }
    if isAfterBlank, number + 1 < lines.count, !lines.isBlank(number + 1),
      let label = list.classes.lazy.compactMap({ AdmonitionLabel.label(of: $0) }).first
    {
      writeParagraph(Array(label.utf8)[...])
    }
    return true
  }

  /// Adds `id` to the heading on the line above, if one stands there.
  private mutating func giveHeading(_ id: String) {
    let start = output.dropLast().lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    guard output[start...].first == UInt8(ascii: "#"), !output[start...].contains(UInt8(ascii: "{")) else {
      return
    }
    output.removeLast()
    output.append(contentsOf: " {#\(id)}\n".utf8)
  }

  private mutating func removeLastLine() {
    let start = output.dropLast().lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    output.removeSubrange(start...)
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
      return write(InlineMarks.plain(line))
    }
    let words = InlineMarks.plain(line[..<open])
    write(words + (list.id.map { Array(" {#\($0)}".utf8) } ?? []))
  }
}
