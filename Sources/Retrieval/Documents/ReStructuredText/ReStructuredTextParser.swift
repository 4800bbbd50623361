/// Reads reStructuredText with the directives and roles of docutils and Sphinx.
public struct ReStructuredTextParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var builder = DocumentBuilder()
    builder.notes = notes
    Self.append(text, into: &builder)
    builder.title = builder.firstHeading
    return builder.build()
  }

  /// Appends a text (valid UTF-8) to a document of several parts.
  static func append(_ text: [UInt8], into builder: inout DocumentBuilder) {
    var reader = RSTReader(text, into: builder)
    reader.readBody(0..<reader.lines.count, indent: 0, depth: 0)
    reader.flushLead()
    reader.flushTerm()
    builder = reader.builder
  }
}
