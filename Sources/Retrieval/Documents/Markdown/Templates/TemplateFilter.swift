/// Turns the tags of template languages in a Markdown text into what they show: boxes of notes into text with a label, tabs
/// into titles above their text, boxes of code into fenced code; others go, and what they enclose stays.
///
/// Code is left as it is, since there pages explain such tags.
struct TemplateFilter {
  private let text: [UInt8]
  /// Whether a site generator made a page of the text, so that no tag is meant to be seen: it has front matter.
  private let isGenerated: Bool
  private var scanner: TemplateScanner
  private var output: [UInt8] = []
  private var fence = MarkdownFence()
  private var indented = IndentedCode()
  private var isVerbatim = false
  /// The loops and conditions that are open.
  private var depth = 0
  /// The label that waits for the first words of its box.
  private var label: String?
  /// The lines ahead that begin with backticks as fences do, the nearest last; nil until one is asked for.
  private var fencesAhead: [Int]?

  private init(_ text: [UInt8], isGenerated: Bool) {
    self.text = text
    self.isGenerated = isGenerated
    scanner = TemplateScanner(text)
  }

  /// - Parameter isGenerated: the text has front matter.
  static func markdown(of text: [UInt8], isGenerated: Bool) -> [UInt8] {
    guard TemplateScanner.mayContain(text) else { return text }
    var filter = TemplateFilter(text, isGenerated: isGenerated)
    filter.output.reserveCapacity(text.count)
    filter.run()
    return filter.output
  }

  private mutating func run() {
    var index = 0
    while index < text.count {
      let end = lineEnd(from: index)
      let line = text[index..<end]
      if fence.takes(line) {
        indented.passFence()
        flushLabel()
        let length = output.count
        writeCode(line)
        // A line of nothing but `{% raw %}` is none.
        if line.isBlank || !output[length...].isBlank { output.append(.lineFeed) }
        index = end + 1
      } else if indented.takes(line), !isGenerated {
        flushLabel()
        output.append(contentsOf: line)
        output.append(.lineFeed)
        index = end + 1
      } else if line.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "`") }) {
        index = filterLine(from: index)
      } else {
        write(line)
        output.append(.lineFeed)
        index = end + 1
      }
    }
    flushLabel()
  }

  private func lineEnd(from index: Int) -> Int {
    guard index < text.count else { return text.count }
    return text[index...].firstIndex(of: .lineFeed) ?? text.count
  }

  /// Filters from `index` to the end of the line, or of the line on which a tag that begins here ends.
  ///
  /// - Returns: the start of the next line.
  private mutating func filterLine(from start: Int) -> Int {
    var index = start
    var end = lineEnd(from: start)
    var kept = start
    var hasTag = false
    var isLineStart = true
    let length = output.count
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "`") {
        let close = MarkdownFence.endOfCodeSpan(in: text[index...])
        if isGenerated, !isVerbatim {
          write(text[kept..<index])
          flushLabelInline()
          writeCode(text[index..<close])
          kept = close
        }
        index = close
        if index > end { end = lineEnd(from: index) }
      } else if byte == UInt8(ascii: "\\"), index + 1 < end {
        index += 2
      } else if isGenerated, let (shown, length) = TemplateEscapes.shortcodeMark(text[index...]) {
        write(text[kept..<index])
        output.append(contentsOf: shown)
        index += length
        kept = index
      } else if byte == UInt8(ascii: "{"), let tag = scanner.tag(at: index),
        isMeant(tag, isAlone: isLineStart && isAlone(tag, lineStart: start))
      {
        write(text[kept..<index])
        index = apply(tag)
        kept = index
        hasTag = true
        if index > end { end = lineEnd(from: index) }
      } else {
        index += 1
      }
      if !byte.isASCIISpace { isLineStart = false }
    }
    write(text[kept..<min(end, text.count)])
    // A line of nothing but tags that show nothing leaves no empty one, which would end a paragraph or a table.
    if !hasTag || output[length...].contains(where: { $0 != .space && $0 != 0x09 }) {
      output.append(.lineFeed)
    }
    return min(end + 1, text.count)
  }

  /// Whether a tag outside code is one that the page's generator understands.
  private func isMeant(_ tag: TemplateTag, isAlone: Bool) -> Bool {
    if isVerbatim {
      return tag.language == .liquid && tag.isClosing && ["raw", "verbatim"].contains(tag.name)
    }
    switch tag.language {
    case .shortcode: return true
    case .liquid: return isGenerated || isAlone
    case .expression:
      if isInAddress(tag.range.lowerBound) { return true }
      if isAlone, Self.isCall(tag.content) { return true }
      return isGenerated && (depth > 0 || Self.isOfSite(tag.content))
    }
  }

  /// Whether nothing follows `tag`, the first word of its line, which is not indented as code is.
  private func isAlone(_ tag: TemplateTag, lineStart: Int) -> Bool {
    text[lineStart..<tag.range.lowerBound].indentColumns < 4
      && text[tag.range.upperBound..<lineEnd(from: tag.range.upperBound)].isBlank
  }

  /// Whether `index` lies within the address of a link or of a reference's definition.
  private func isInAddress(_ index: Int) -> Bool {
    var next = index - 1
    let limit = max(1, index - 300)
    while next >= limit, !text[next].isASCIISpace, !"(<".utf8.contains(text[next]) { next -= 1 }
    if next >= 1, text[next] == UInt8(ascii: "<") { next -= 1 }
    guard next >= 1 else { return false }
    if text[next] == UInt8(ascii: "(") { return text[next - 1] == UInt8(ascii: "]") }
    guard text[next] == .space, text[..<next].suffix(2).elementsEqual("]:".utf8) else { return false }
    let line = text[startOfLine(before: next)..<next]
    return line.drop { $0 == .space }.first == UInt8(ascii: "[")
  }

  /// The start of the line that `index` lies on, looked for in a thousand bytes.
  private func startOfLine(before index: Int) -> Int {
    text[max(0, index - 1000)..<index].lastIndex(of: .lineFeed).map { $0 + 1 } ?? max(0, index - 1000)
  }

  /// A call of a macro, in the place of which a page has what the macro writes.
  private static func isCall(_ content: ArraySlice<UInt8>) -> Bool {
    let name = content.prefix { $0.isASCIIAlphanumeric || "_.".utf8.contains($0) }
    return name.first?.isASCIILetter == true && content[name.endIndex...].first == UInt8(ascii: "(")
      && content.last == UInt8(ascii: ")")
  }

  /// A variable of the site or of the page, or a constant that a filter changes.
  private static func isOfSite(_ content: ArraySlice<UInt8>) -> Bool {
    if let quote = content.first, "\"'".utf8.contains(quote) { return content.contains(UInt8(ascii: "|")) }
    let root = content.prefix { $0.isASCIIAlphanumeric || "_$".utf8.contains($0) }
    guard let next = content[root.endIndex...].first else { return root.elementsEqual("content".utf8) }
    return next == UInt8(ascii: ".") && roots.contains(root.string)
  }

  private static let roots: Set<String> = [
    "site", "page", "layout", "include", "paginator", "jekyll", "theme", "post", "$frontmatter", "$site",
    "$page",
    "frontmatter",
  ]
}

/// What becomes of the tags.
extension TemplateFilter {
  /// - Returns: where what has not been dealt with begins.
  private mutating func apply(_ tag: TemplateTag) -> Int {
    let next = tag.range.upperBound
    if tag.language == .expression {
      if isInAddress(tag.range.lowerBound) { output.append(UInt8(ascii: "#")) }
      return next
    }
    let meaning = TemplateMeaning(tag)
    if tag.isClosing {
      close(tag, meaning)
      return next
    }
    switch meaning {
    case .nothing: if isInAddress(tag.range.lowerBound) { output.append(UInt8(ascii: "#")) }
    case .address: output.append(contentsOf: isInAddress(tag.range.lowerBound) ? "#".utf8 : "".utf8)
    case .verbatim: isVerbatim = true
    case .control: if Self.blocks.contains(tag.name) { depth += 1 }
    case .comment: return scanner.body(of: tag)?.close ?? next
    case .text(let text): write(Array(text.utf8)[...])
    case .note(let kind, let title):
      if let title { writeParagraph(title) } else { writeBreak() }
      if title == nil { label = kind }
    case .titled(let title): writeParagraph(title ?? "")
    case .code(let language, let caption):
      if let caption {
        writeParagraph(caption.contains("`") ? caption : "`\(caption)`")
      } else {
        writeBreak()
      }
      // Some wrap code that has its own fence.
      guard let body = scanner.body(of: tag), !holdsFence(next..<body.end) else { return next }
      writeFenced(text[next..<body.end], language: language, indent: indent(of: tag))
      return body.close
    }
    return next
  }

  private mutating func close(_ tag: TemplateTag, _ meaning: TemplateMeaning) {
    switch meaning {
    case .verbatim: isVerbatim = false
    case .control: if Self.blocks.contains(tag.name) { depth = max(depth - 1, 0) }
    case .note, .titled, .code:
      flushLabel()
      writeBreak()
    case .nothing, .comment, .text, .address: break
    }
  }

  private static let blocks: Set<String> = ["if", "for", "unless", "case", "tablerow"]

  /// Whether a line within the body of a tag begins as a fence does. Bodies are to be asked for in their order.
  private mutating func holdsFence(_ body: Range<Int>) -> Bool {
    if fencesAhead == nil {
      fencesAhead = TextLines(text).ranges.reversed().compactMap { line in
        let content = text[line].drop { $0.isASCIISpace }
        return content.starts(with: "```") ? content.startIndex : nil
      }
    }
    while let next = fencesAhead?.last, next < body.lowerBound { fencesAhead?.removeLast() }
    // What follows the tag on its line counts too.
    return text[body].drop { $0.isASCIISpace }.starts(with: "```")
      || fencesAhead?.last.map(body.contains) ?? false
  }

  private func indent(of tag: TemplateTag) -> ArraySlice<UInt8> {
    text[startOfLine(before: tag.range.lowerBound)..<tag.range.lowerBound].prefix {
      $0 == .space || $0 == 0x09
    }
  }
}

/// Writing.
extension TemplateFilter {
  /// Text outside code, with the label that waits for it before its first word.
  private mutating func write(_ text: ArraySlice<UInt8>) {
    guard let kind = label, let first = text.first(where: { !$0.isASCIISpace }) else {
      output.append(contentsOf: text)
      return
    }
    if first >= 0x80 || first.isASCIILetter || "`*_[\"'(".utf8.contains(first) {
      let indent = text.prefix { $0.isASCIISpace }
      output.append(contentsOf: indent)
      // Some boxes begin with the word itself.
      let word = text[indent.endIndex...].drop { "*_".utf8.contains($0) }.prefix { $0.isASCIILetter }
      if word.lowercasedString == kind.lowercased() { label = nil }
      flushLabelInline()
      output.append(contentsOf: text[indent.endIndex...])
    } else {
      flushLabel()
      output.append(contentsOf: text)
    }
  }

  /// Writes the label that waits before what goes on the same line.
  private mutating func flushLabelInline() {
    guard let kind = label else { return }
    label = nil
    output.append(contentsOf: "\(kind): ".utf8)
  }

  private mutating func flushLabel() {
    guard let kind = label else { return }
    label = nil
    writeParagraph("\(kind):")
  }

  private mutating func writeBreak() { output.append(contentsOf: [.lineFeed, .lineFeed]) }

  private mutating func writeParagraph(_ words: String) {
    let start = output.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    let indent = output[start...].isBlank ? Array(output[start...]) : []
    writeBreak()
    guard !words.isEmpty else { return }
    output.append(contentsOf: indent)
    output.append(contentsOf: words.utf8)
    writeBreak()
  }

  private mutating func writeFenced(_ code: ArraySlice<UInt8>, language: String, indent: ArraySlice<UInt8>) {
    var length = 3
    var run = 0
    for byte in code {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      length = max(length, run + 1)
    }
    let mark = Array(repeating: UInt8(ascii: "`"), count: length)
    output.append(.lineFeed)
    output.append(contentsOf: indent)
    output.append(contentsOf: mark)
    output.append(contentsOf: language.utf8.filter { $0.isASCIIAlphanumeric })
    output.append(.lineFeed)
    var lines = code.split(separator: .lineFeed, omittingEmptySubsequences: false)
    while lines.first?.isBlank == true { lines.removeFirst() }
    while lines.last?.isBlank == true { lines.removeLast() }
    for line in lines {
      writeCode(line)
      output.append(.lineFeed)
    }
    output.append(contentsOf: indent)
    output.append(contentsOf: mark)
    writeBreak()
  }

  /// A line or span of code: a generator takes `{% raw %}` and the comment marks of shortcodes that are shown out of it.
  private mutating func writeCode(_ code: ArraySlice<UInt8>) {
    output.append(contentsOf: isGenerated ? TemplateEscapes.removed(from: code) : code)
  }
}
