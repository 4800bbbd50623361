/// Reads AsciiDoc: sections, lists, listings, tables and paragraphs. Attribute lines, comments, conditions and the fences of
/// blocks are left out; attributes that the document sets itself are put in their places.
public struct AsciiDocParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var reader = AsciiDocReader(text)
    reader.builder.notes = notes
    reader.read()
    reader.builder.title = reader.builder.firstHeading
    return reader.builder.build()
  }
}
