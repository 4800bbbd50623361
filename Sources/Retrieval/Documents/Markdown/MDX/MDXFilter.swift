/// Turns MDX into Markdown: imports, exports, comments and component tags go, what stands between the tags stays
/// and loses the indentation that the tags gave it.
///
/// What components show of their attributes, such as a title, becomes text.
struct MDXFilter {
  private let text: [UInt8]
  private var scanner: JSXScanner
  private var module: ModuleCode
  private var output: [UInt8] = []
  private var fence = MarkdownFence()
  /// Columns to take from the lines within each open component, and whether its first line has told them.
  private var levels: [(columns: Int, isSettled: Bool)] = []
  private var isAfterBlank = true
  /// Whether the lines are in a fence that hides MDX from other programs.
  private var isHidden = false

  private init(_ text: [UInt8]) {
    self.text = text
    scanner = JSXScanner(text)
    module = ModuleCode(text)
  }

  static func markdown(of text: [UInt8]) -> [UInt8] {
    var filter = MDXFilter(text)
    filter.output.reserveCapacity(text.count)
    filter.run()
    return filter.output
  }

  /// Whether a text that does not say so is MDX: it imports something, as pages of Docusaurus do, or has components with
  /// titles, which CommonMark would drop.
  static func looksLikeMDX(_ text: [UInt8]) -> Bool {
    var fence = MarkdownFence()
    var isAfterBlank = true
    var index = 0
    while index < text.count {
      let end = text[index...].firstIndex(of: .lineFeed) ?? text.count
      let line = text[index..<end]
      index = end + 1
      let content = line.drop { $0.isASCIISpace }
      if !fence.isOpen, hidesMDX(line) { return true }
      if fence.takes(line) {
        isAfterBlank = false
        continue
      }
      if isAfterBlank, line.first == UInt8(ascii: "i"), isImport(line) { return true }
      if content.first == UInt8(ascii: "<"), line.indentColumns < 4, opensComponent(content) { return true }
      // One import comes right after another.
      isAfterBlank = content.isEmpty
    }
    return false
  }

  /// `<Tab title="Words">`, or a component that many sites have.
  private static func opensComponent(_ line: ArraySlice<UInt8>) -> Bool {
    let head = line.dropFirst().prefix(300)
    let name = head.prefix { $0.isASCIILetter || $0 == UInt8(ascii: ".") }
    guard name.first?.isASCIIUppercase == true, let next = head[name.endIndex...].first else { return false }
    if next == .space || next == UInt8(ascii: ">"), components.contains(name.string) { return true }
    guard next == .space else { return false }
    let attributes = head[name.endIndex...].prefix { $0 != UInt8(ascii: ">") }
    return attributes.indices.contains { index in
      attributes[index] == UInt8(ascii: "=") && attributes[(index + 1)...].first == UInt8(ascii: "\"")
        && ["title", "label", "value"].contains(attributes[..<index].suffix(5).string)
    }
  }

  private static let components: Set<String> = ["Tabs", "CodeGroup", "Steps", "Cards", "CardGroup"]

  /// `import A from 'b'`.
  private static func isImport(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "import ") else { return false }
    var words = line.trimmedSpace
    if words.last == UInt8(ascii: ";") { words = words.dropLast() }
    guard let quote = words.last, "'\"".utf8.contains(quote), words.count > 10 else { return false }
    return words.string.contains(" from ")
  }

  private mutating func run() {
    var index = 0
    while index < text.count {
      let end = lineEnd(from: index)
      let line = text[index..<end]
      if !fence.isOpen, Self.hidesMDX(line) || isHidden && line.trimmedSpace.elementsEqual("```".utf8) {
        isHidden.toggle()
        isAfterBlank = true
        output.append(.lineFeed)
        index = end + 1
        continue
      }
      if !fence.isOpen, isAfterBlank, ModuleCode.begins(line) {
        index = module.end(from: index)
        continue
      }
      isAfterBlank = line.isBlank
      let plain = dedented(line)
      if fence.takes(plain) {
        output.append(contentsOf: plain)
        output.append(.lineFeed)
        index = end + 1
      } else {
        index = filterLine(from: plain.startIndex)
      }
    }
  }

  /// Docusaurus takes what is in such a fence for a part of the page.
  private static func hidesMDX(_ line: ArraySlice<UInt8>) -> Bool {
    line.trimmedSpace.elementsEqual("```mdx-code-block".utf8)
  }

  private func lineEnd(from index: Int) -> Int { text[index...].firstIndex(of: .lineFeed) ?? text.count }

  private mutating func dedented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let level = levels.last else { return line }
    if !level.isSettled, !line.isBlank, !line.trimmedSpace.starts(with: "</") {
      levels[levels.count - 1] = (line.indentColumns, true)
    }
    return line.dedented(by: levels[levels.count - 1].columns)
  }

  /// Filters from `index` to the end of the line, or of the line on which a tag that begins here ends.
  ///
  /// - Returns: the start of the next line.
  private mutating func filterLine(from index: Int) -> Int {
    var index = index
    var end = lineEnd(from: index)
    var isLineStart = true
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "`") {
        let close = MarkdownFence.endOfCodeSpan(in: text[index...])
        output.append(contentsOf: text[index..<close])
        index = close
        if index > end { end = lineEnd(from: index) }
      } else if byte == UInt8(ascii: "\\"), index + 1 < end {
        output.append(contentsOf: text[index..<(index + 2)])
        index += 2
      } else if byte == UInt8(ascii: "<"), let tag = scanner.component(at: index) {
        if tag.end > end { end = lineEnd(from: tag.end) }
        apply(tag, isLineStart: isLineStart, lineEnd: end)
        index = tag.end
        continue
      } else if byte == UInt8(ascii: "{"), let comment = scanner.comment(at: index) {
        let words = comment.content.trimmedSpace
        // Docusaurus writes explicit heading ids this way.
        if words.first == UInt8(ascii: "#"), !words.contains(.space) {
          output += [byte] + words + Array("}".utf8)
        }
        index = comment.end
        if index > end { end = lineEnd(from: index) }
        continue
      } else if byte == UInt8(ascii: "{"), let next = applyExpression(at: index, isLineStart: isLineStart) {
        index = next
        if index > end { end = lineEnd(from: index) }
        isLineStart = false
        continue
      } else {
        output.append(byte)
        index += 1
      }
      if !byte.isASCIISpace { isLineStart = false }
    }
    output.append(.lineFeed)
    return min(end + 1, text.count)
  }

  private mutating func apply(_ tag: JSXScanner.Component, isLineStart: Bool, lineEnd: Int) {
    if tag.isClosing {
      if !levels.isEmpty { levels.removeLast() }
    } else if !tag.isSelfClosing {
      // Within a component on one line, indentation means what it meant outside.
      let isAlone = isLineStart && text[tag.end..<lineEnd].isBlank
      levels.append((levels.last?.columns ?? 0, !isAlone))
    }
    guard !tag.isClosing else { return }
    let meaning = JSXMeaning(tag)
    if !isLineStart || tag.name.first?.isASCIIUppercase != true {
      if tag.isSelfClosing, let words = meaning.words { output.append(contentsOf: words.utf8) }
    } else if meaning.title != nil || meaning.description != nil {
      writeParagraph(meaning.title)
      writeParagraph(meaning.description)
    } else if let label = meaning.label {
      if text[tag.end..<lineEnd].isBlank {
        writeParagraph(label)
      } else {
        output.append(contentsOf: "\(label): ".utf8)
      }
    } else if tag.isSelfClosing, let words = meaning.words {
      output.append(contentsOf: words.utf8)
    }
  }

  private mutating func writeParagraph(_ words: String?) {
    guard let words else { return }
    output.append(contentsOf: [.lineFeed, .lineFeed])
    output.append(contentsOf: words.utf8)
    output.append(contentsOf: [.lineFeed, .lineFeed])
  }

  /// Deals with an expression that is a string, or that stands on lines of its own: `{' '}`, `{items.map(show)}`.
  ///
  /// - Returns: where it ends; nil for others, whose names stay.
  private mutating func applyExpression(at index: Int, isLineStart: Bool) -> Int? {
    let first = text[(index + 1)...].first { !$0.isASCIISpace } ?? 0
    guard isLineStart || "\"'`".utf8.contains(first), let end = scanner.endOfExpression(at: index) else {
      return nil
    }
    let code = text[(index + 1)..<(end - 1)]
    if let literal = JSXAttributes.literal(code) {
      let isBlock = literal.contains(.lineFeed)
      let fence = "\n```\n".utf8
      if isBlock { output.append(contentsOf: fence) }
      output.append(contentsOf: literal)
      if isBlock { output.append(contentsOf: fence) }
      return end
    }
    guard isLineStart, text[end..<lineEnd(from: end)].isBlank,
      code.contains(where: { "(<\n".utf8.contains($0) })
    else {
      return nil
    }
    return end
  }
}
