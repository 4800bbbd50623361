import Retrieval

/// Gives the indexer the content of one upload.
struct UploadLoader: DocumentLoader {
  let content: [UInt8]
  let reader: DocumentReader

  func read(_ file: SourceFile) throws -> DocumentReader.Content { .document(content) }

  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    do {
      return try reader.parse(bytes, name: name)
    } catch let error as DocumentError where error.code == .nestedArchive {
      throw DocumentError(.nestedArchive, "It is an archive of documents. Unpack it and send its files.")
    } catch let error as DocumentError where error.code == .redirect {
      // Nobody passes over what was sent by itself.
      throw DocumentError(.empty, "It only sends its readers on to another page. Send that one.")
    }
  }

  func parser(of bytes: [UInt8], name: String) -> String { reader.parser(of: bytes, name: name) }
}
