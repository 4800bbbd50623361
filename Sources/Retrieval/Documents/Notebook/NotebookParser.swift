import FoundationEssentials

/// Reads Jupyter notebooks of format 3 and 4: the Markdown cells as text, the code cells and what they printed as
/// code. Pictures and other binary outputs are left out.
public struct NotebookParser: DocumentParser {
  /// Bytes of one output that are kept.
  private static let maximumOutput = 4000

  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    guard !Self.isTooDeep(text), let notebook = try? JSONDecoder().decode(Notebook.self, from: Data(text))
    else {
      throw DocumentError(
        .damaged,
        "this is not a Jupyter notebook that can be read: its JSON is cut off, damaged or has no cells. Open and "
          + "save it in Jupyter again.")
    }
    var builder = DocumentBuilder()
    builder.notes = notes
    var slugs = HeadingSlugs(.jupyter)
    for cell in notebook.allCells { try append(cell, slugs: &slugs, into: &builder) }
    builder.title = notebook.metadata?.title ?? builder.firstHeading
    if notebook.unreadableCells > 0 {
      builder.missing.append("left out \(notebook.unreadableCells) damaged cells")
    }
    return builder.build()
  }

  /// The decoder goes into nested lists by recursion; a notebook has some ten levels.
  private static func isTooDeep(_ json: [UInt8]) -> Bool {
    var depth = 0
    var isString = false
    var isEscaped = false
    for byte in json {
      if isEscaped {
        isEscaped = false
      } else if isString {
        isEscaped = byte == UInt8(ascii: "\\")
        isString = byte != UInt8(ascii: "\"")
      } else if byte == UInt8(ascii: "\"") {
        isString = true
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        depth += 1
        if depth > 100 { return true }
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        depth -= 1
      }
    }
    return false
  }

  private func append(
    _ cell: Notebook.Cell, slugs: inout HeadingSlugs, into builder: inout DocumentBuilder
  ) throws {
    let source = clean(cell.text)
    switch cell.type {
    case "markdown": try MarkdownParser().append(source, slugs: &slugs, into: &builder)
    case "heading":
      builder.append(
        .heading(level: min(max(cell.level ?? 1, 1), 6)), utf8: source, anchor: slugs.slug(for: source))
    case "code":
      builder.append(.code, utf8: CodeMargin.added(to: source))
      for output in cell.outputs { try append(output, slugs: &slugs, into: &builder) }
    default: builder.append(.paragraph, utf8: source)
    }
  }

  private func append(
    _ output: Notebook.Output, slugs: inout HeadingSlugs, into builder: inout DocumentBuilder
  ) throws {
    if let name = output.errorName {
      let message = TerminalText.plain(Array((output.errorValue ?? "").utf8))
      return append(output: clean(name) + Array(": ".utf8) + message, into: &builder)
    }
    if let markdown = output.markdown {
      return try MarkdownParser().append(shortened(clean(markdown)), slugs: &slugs, into: &builder)
    }
    // Beside a picture there is only a name for it: `<Figure size 640x480>`.
    guard let text = output.plainText, !output.hasPicture else { return }
    append(output: TerminalText.plain(Array(text.utf8)), into: &builder)
  }

  private func append(output: [UInt8], into builder: inout DocumentBuilder) {
    builder.append(.code, utf8: CodeMargin.added(to: shortened(output)))
  }

  /// JSON may escape anything into a string.
  private func clean(_ text: String) -> [UInt8] { text.utf8.filter { $0 != 0 && $0 != 0x0D } }

  /// Cut at the end of a line, with a mark.
  private func shortened(_ text: [UInt8]) -> [UInt8] {
    guard text.count > Self.maximumOutput else { return text }
    var end = Self.maximumOutput
    while end > 0, text[end].isContinuation { end -= 1 }
    if let feed = text[..<end].lastIndex(of: .lineFeed), feed > Self.maximumOutput / 2 { end = feed }
    return text[..<end] + Array("\n…".utf8)
  }
}
