/// Reads plain text as paragraphs and the few headings that can be told from them, the help files of Vim by their marks,
/// and source code, by its file name, as pieces that follow its top-level definitions.
public struct PlainTextParser: DocumentParser {
  /// A form feed begins a new page, as in text taken from a PDF; otherwise it is white space.
  public let formFeedsArePages: Bool

  public init(formFeedsArePages: Bool = false) {
    self.formFeedsArePages = formFeedsArePages
  }

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    var builder = DocumentBuilder()
    try append(bytes, name: name, into: &builder)
    return builder.build()
  }

  /// Appends a text to a document of several parts; sets the builder's title if it has none and the text does.
  public func append(_ bytes: [UInt8], name: String = "", into builder: inout DocumentBuilder) throws {
    var (text, notes) = try TextDecoding.decodeUTF8(bytes)
    builder.notes += notes
    let bold = OverstruckLines.numbers(in: text)
    if text.contains(where: { $0 == 0x08 || $0 == 0x1B }) { text = TerminalText.plain(text) }
    if SourceCode.isCode(name: name) { return SourceCode.append(text, into: &builder) }
    if !formFeedsArePages {
      let lines = TextLines(text)
      if VimHelp.isHelp(lines) {
        var reader = VimHelpReader(lines, into: builder)
        reader.read()
        builder = reader.builder
        return
      }
    }
    var outline = PlainTextOutline()
    let firstPage = builder.page ?? 1
    if formFeedsArePages {
      let pages = text.split(separator: 0x0C, omittingEmptySubsequences: false)
      for (number, page) in pages.enumerated() {
        outline.add(TextLines(Array(page)), page: firstPage + number)
      }
    } else {
      outline.add(TextLines(text), page: builder.page, bold: bold)
    }
    outline.write(into: &builder)
    if builder.title == nil {
      builder.title = PlainTextOutline.gutenbergTitle(in: text) ?? outline.title(builder.firstHeading)
    }
  }
}
