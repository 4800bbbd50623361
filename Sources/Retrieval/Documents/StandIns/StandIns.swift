// Deleted when the real parsers are merged.
struct MarkdownParser: DocumentParser {
  init() {}
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    try PlainTextParser().parse(bytes, name: name)
  }
}
struct ReStructuredTextParser: DocumentParser {
  init() {}
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    try PlainTextParser().parse(bytes, name: name)
  }
}
struct NotebookParser: DocumentParser {
  init() {}
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    try PlainTextParser().parse(bytes, name: name)
  }
}
struct PlainTextParser: DocumentParser {
  init() {}
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    var b = DocumentBuilder()
    b.append(.paragraph, String(decoding: bytes, as: UTF8.self))
    return b.build()
  }
}
