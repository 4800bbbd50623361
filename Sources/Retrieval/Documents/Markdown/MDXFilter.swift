/// Turns MDX into Markdown: imports, exports, comments and component tags go, what stands between the tags stays
/// and loses the indentation that the tags gave it.
///
/// A component's `title`, `label` or `summary` is text that its readers see, and becomes a paragraph.
struct MDXFilter {
  private let text: [UInt8]
  private var scanner: JSXScanner
  private var output: [UInt8] = []
  private var fence = MarkdownFence()
  /// Columns to take from the lines within each open component, and whether its first line has told them.
  private var levels: [(columns: Int, isSettled: Bool)] = []
  private var isAfterBlank = true

  private init(_ text: [UInt8]) {
    self.text = text
    scanner = JSXScanner(text)
  }

  static func markdown(of text: [UInt8]) -> [UInt8] {
    var filter = MDXFilter(text)
    filter.output.reserveCapacity(text.count)
    filter.run()
    return filter.output
  }

  /// The offset after the imports with which Docusaurus pages begin even where they are plain Markdown.
  static func endOfLeadingImports(in text: [UInt8]) -> Int {
    var index = 0
    var end = 0
    while index < text.count {
      let next = text[index...].firstIndex(of: .lineFeed) ?? text.count
      let line = text[index..<next].trimmedSpace
      index = next + 1
      if line.isEmpty { continue }
      let words = line.last == UInt8(ascii: ";") ? line.dropLast() : line
      guard line.starts(with: "import "), let quote = words.last, "'\"".utf8.contains(quote),
        words.count > 10, words.string.contains(" from ")
      else { break }
      end = min(index, text.count)
    }
    return end
  }

  private mutating func run() {
    var index = 0
    while index < text.count {
      let end = lineEnd(from: index)
      let line = text[index..<end]
      if !fence.isOpen, isAfterBlank, JSXScanner.startsModuleCode(line) {
        index = scanner.endOfModuleCode(from: index)
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
        let close = MarkdownFence.endOfCodeSpan(in: text[index..<end])
        output.append(contentsOf: text[index..<close])
        index = close
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
    guard isLineStart, let title = tag.title else { return }
    output.append(contentsOf: [.lineFeed, .lineFeed])
    output.append(contentsOf: title)
    output.append(contentsOf: [.lineFeed, .lineFeed])
  }
}
