/// Reads and parses documents at their sources. Both functions block; they run on threads of the indexer's.
public protocol DocumentLoader: Sendable {
  /// The content of a document as it is at its source now.
  func bytes(of file: SourceFile) throws -> [UInt8]

  /// The document in `bytes`; `name` is its file name.
  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument
}
