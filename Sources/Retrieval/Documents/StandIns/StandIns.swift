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
struct HTMLParser: DocumentParser {
  init() {}
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    var b = DocumentBuilder()
    let root = try XMLTree(bytes, part: name, recovers: true).root
    func walk(_ e: XMLElement) {
      switch e.name {
      case "h1": b.append(.heading(level: 1), e.text, anchor: e.attribute("id"))
      case "h2": b.append(.heading(level: 2), e.text, anchor: e.attribute("id"))
      case "p", "li": b.append(.paragraph, Whitespace.collapsed(e.text), anchor: e.attribute("id"))
      case "head": break
      default: for c in e.children { walk(c) }
      }
    }
    if let root { walk(root) }
    return b.build()
  }
}
