/// Turns the admonitions and tabs that site generators add to Markdown into plain paragraphs: `:::note Title`
/// of Docusaurus and VitePress, `!!! note "Title"` and `=== "Tab"` with indented content of MkDocs.
struct MarkdownAdmonitions {
  private var output: [UInt8] = []
  private var fence = MarkdownFence()
  /// Columns at which the markers stand whose indented content is being read.
  private var levels: [Int] = []
  /// Whether what is indented are options of the line before.
  private var isInOptions = false

  static func plain(_ text: [UInt8]) -> [UInt8] {
    guard mayContain(text) else { return text }
    var reader = MarkdownAdmonitions()
    reader.output.reserveCapacity(text.count)
    let lines = TextLines(text)
    for line in 0..<lines.count { reader.take(lines[line]) }
    return reader.output
  }

  private static func mayContain(_ text: [UInt8]) -> Bool {
    var isLineStart = true
    for index in text.indices {
      let byte = text[index]
      if isLineStart, byte != .space, byte != 0x09 {
        isLineStart = false
        if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
          || byte == UInt8(ascii: "="), index + 2 < text.count, text[index + 1] == byte,
          text[index + 2] == byte
        {
          return true
        }
      }
      if byte == .lineFeed { isLineStart = true }
    }
    return false
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    let indent = line.indentColumns
    if isInOptions {
      if line.isBlank || indent >= 4 { return }
      isInOptions = false
    }
    if !fence.isOpen, !line.isBlank {
      while let level = levels.last, indent < level + 4 { levels.removeLast() }
    }
    let line = line.dedented(by: 4 * levels.count)
    if fence.takes(line) { return write(line) }
    let content = line.trimmedSpace
    if Self.namesObject(content) {
      isInOptions = true
      write([])
    } else if content.starts(with: ":::") {
      writeLabel(Self.directiveLabel(content), line)
    } else if content.starts(with: "!!! ") || content.starts(with: "???") {
      guard let label = Self.blockLabel(content) else { return write(line) }
      writeLabel(label, line)
      levels.append(indent)
    } else if let title = Self.tabTitle(content) {
      writeLabel(title, line)
      levels.append(indent)
    } else {
      write(line)
    }
  }

  /// `::: package.module.Name` of mkdocstrings, in the place of which a site has what its source says of that.
  private static func namesObject(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "::: ".utf8) else { return false }
    let name = line.dropFirst(4).trimmedSpace
    return name.contains(UInt8(ascii: ".")) && name.first?.isASCIILetter == true
      && name.allSatisfy { $0.isASCIIAlphanumeric || "._".utf8.contains($0) }
  }

  private mutating func write(_ line: ArraySlice<UInt8>) {
    output.append(contentsOf: line)
    output.append(.lineFeed)
  }

  /// A paragraph of its own at the line's indentation.
  private mutating func writeLabel(_ label: String, _ line: ArraySlice<UInt8>) {
    output.append(.lineFeed)
    guard !label.isEmpty else { return }
    output.append(contentsOf: line.prefix { $0 == .space || $0 == 0x09 })
    output.append(contentsOf: label.utf8)
    output.append(contentsOf: [.lineFeed, .lineFeed])
  }

  /// `:::note[Title]{.class}` or `:::note Title`; empty for a closing line.
  private static func directiveLabel(_ line: ArraySlice<UInt8>) -> String {
    var rest = line.drop { $0 == UInt8(ascii: ":") }.trimmedSpace
    // A block on one line: `:::image alt-text="Words":::`.
    while rest.last == UInt8(ascii: ":") { rest = rest.dropLast() }
    // Pandoc and Quarto have classes in braces: `::: {.callout-note title="Words"}`.
    if let list = AttributeList(rest), list.end == rest.endIndex {
      if let title = TemplateArguments(rest.dropFirst().dropLast()).first(["title", "summary"]) {
        return title
      }
      return list.classes.lazy.compactMap(Self.label(ofClass:)).first ?? ""
    }
    // MyST has its name in braces, and no class behind it.
    if rest.first == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}")) {
      let title = rest[(close + 1)...].trimmedSpace
      guard title.isEmpty else { return title.string }
      rest = rest[(rest.startIndex + 1)..<close]
    }
    var name = rest.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    if let next = rest[name.endIndex...].first, !next.isASCIISpace, !"[{".utf8.contains(next) {
      name = name.prefix(0)
    }
    var title = rest[name.endIndex...]
    // Docusaurus has attributes in braces, and Microsoft's pages have them bare.
    if title.contains(UInt8(ascii: "=")), title.contains(UInt8(ascii: "\"")), title.first != UInt8(ascii: "[")
    {
      let arguments = TemplateArguments(title.filter { !"{}".utf8.contains($0) }[...])
      // Words among them are a title that speaks of a value.
      if arguments.positional.allSatisfy({ $0.hasPrefix(".") || $0.hasPrefix("#") }) {
        return arguments.first(["title", "alt-text"]) ?? label(of: name)
      }
    }
    if let brace = title.firstIndex(of: UInt8(ascii: "{")) { title = title[..<brace] }
    title = title.trimmedSpace
    if title.first == UInt8(ascii: "["), title.last == UInt8(ascii: "]") {
      title = title.dropFirst().dropLast()
    }
    return title.isEmpty ? label(of: name) : title.string
  }

  /// `!!! note "Title"` or `???+ note`; nil for a line that is said with emphasis.
  private static func blockLabel(_ line: ArraySlice<UInt8>) -> String? {
    let rest = line.dropFirst(3).drop { $0 == UInt8(ascii: "+") }
    guard rest.first == .space else { return nil }
    var kind = rest.trimmedSpace
    var title: String?
    let quote = UInt8(ascii: "\"")
    if kind.last == quote, let open = kind.dropLast().firstIndex(of: quote) {
      title = kind[(open + 1)...].dropLast().string
      kind = kind[..<open].trimmedSpace
    }
    let classes = kind.split(separator: .space).map(\.string)
    guard kind.allSatisfy({ $0.isASCIIAlphanumeric || $0 >= 0x80 || " -_".utf8.contains($0) }),
      kind.first.map({ $0.isASCIILetter || $0 >= 0x80 }) ?? (title != nil)
    else { return nil }
    if let title { return title }
    // Further classes say where the box stands; other words are more likely to be its title.
    guard classes.dropFirst().allSatisfy(places.contains) else { return kind.string }
    return classes[0].prefix(1).uppercased() + classes[0].dropFirst().lowercased()
  }

  private static let places: Set<String> = ["inline", "end", "annotate"]

  /// `=== "Title"`; a sign before the title makes the tab the first of a set, or the one that is shown.
  private static func tabTitle(_ line: ArraySlice<UInt8>) -> String? {
    guard line.starts(with: "==="), line.last == UInt8(ascii: "\"") else { return nil }
    let words = line.dropFirst(3).drop { "!+".utf8.contains($0) }
    guard words.starts(with: " \""), words.count > 3 else { return nil }
    return words.dropFirst(2).dropLast().string
  }

  /// `callout-note` or `note`.
  private static func label(ofClass name: String) -> String? {
    AdmonitionLabel.label(of: name.hasPrefix("callout-") ? String(name.dropFirst(8)) : name)
  }

  /// The kind of an admonition as a word; other containers (`details`, `code-group`) have no label.
  private static func label(of kind: ArraySlice<UInt8>) -> String {
    AdmonitionLabel.label(of: kind.lowercasedString) ?? ""
  }
}
