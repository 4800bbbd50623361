/// Reads the outlines of Org mode. Settings, comments and drawers are left out, and the priorities and tags
/// of headings.
public struct OrgParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var reader = OrgReader(text)
    reader.builder.notes = notes
    reader.read()
    reader.builder.title = reader.title ?? reader.builder.firstHeading
    return reader.builder.build()
  }
}
