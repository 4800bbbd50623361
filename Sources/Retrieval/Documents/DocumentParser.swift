/// Reads one format.
public protocol DocumentParser: Sendable {
  /// Parses the whole content of one document.
  ///
  /// - Parameters:
  ///   - bytes: the document as it came, any encoding.
  ///   - name: its file name, for formats whose extension says something; may be empty.
  /// - Throws: `DocumentError`; never traps, whatever the bytes are.
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument
}
