/// Reads and parses documents at their sources. Both functions block; they run on threads of the indexer's.
public protocol DocumentLoader: Sendable {
  /// The content of a document as it is at its source now, or the documents of an archive.
  func read(_ file: SourceFile) throws -> DocumentReader.Content

  /// The document in `bytes`; `name` is its file name.
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument
}

extension DocumentReader: DocumentLoader {}
