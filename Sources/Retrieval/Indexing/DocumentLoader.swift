/// Reads and parses documents at their sources. They block; they run on threads of the indexer's.
public protocol DocumentLoader: Sendable {
  /// The content of a document as it is at its source now, or the documents of an archive.
  func read(_ file: SourceFile) throws -> DocumentReader.Content

  /// The document in `bytes`; `name` is its file name.
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument

  /// Names what `parse` reads these bytes with, and its revision: a document that another name is stored with is parsed
  /// again, even though its content is the same. Empty where there is only one way, and for what cannot be parsed.
  func parser(of bytes: [UInt8], name: String) -> String
}

extension DocumentLoader {
  public func parser(of bytes: [UInt8], name: String) -> String { "" }
}

extension DocumentReader: DocumentLoader {}
