/// Reads LaTeX: its sections as headings and its text without comments, settings and the commands that only say how it
/// looks. Mathematics stays as it is written.
public struct LaTeXParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var reader = LaTeXReader(text)
    reader.builder.notes = notes
    reader.read()
    // What holds nothing but definitions is read as it is.
    if reader.builder.isEmpty { return try PlainTextParser().parse(bytes, name: name) }
    return reader.builder.build()
  }
}
