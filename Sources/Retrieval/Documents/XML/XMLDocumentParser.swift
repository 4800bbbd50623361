/// Reads documents in XML of the vocabularies that are known: DocBook, Mallard, DITA, JATS, TEI, FictionBook, RSS and
/// Atom. Other XML is plain text.
public struct XMLDocumentParser: DocumentParser {
  public init() {}

  /// - Throws: `DocumentError` for binary data. XML that is not well-formed is read as plain text, with a note.
  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes, declaredCharset: HTMLCharset.declared(in: bytes))
    guard let head = XMLHead(text), let vocabulary = XMLVocabulary(of: head, name: name) else {
      return try PlainTextParser().parse(bytes, name: name)
    }
    do {
      let tree = try XMLTree(Self.wellFormed(text, head), part: String(FileName.lastComponent(name)))
      var builder = DocumentBuilder()
      builder.notes = notes
      if let root = tree.root {
        var writer = XMLPageWriter(root, vocabulary, longest: text.count)
        writer.write()
        try HTMLParser(scope: .wholePage).append(writer.page, into: &builder)
        builder.title = writer.title
      }
      return builder.build()
    } catch let error as DocumentError where error.code == .damaged {
      var document = try PlainTextParser().parse(bytes, name: name)
      document.notes.append("read as plain text: \(error.description)")
      return document
    }
  }

  /// Whether a text is a document in a vocabulary that is known.
  static func isDocument(_ bytes: [UInt8], name: String) -> Bool {
    XMLHead(bytes).flatMap { XMLVocabulary(of: $0, name: name) } != nil
  }

  /// The text without its declaration, as its charset is another one now. One without a document type is put into an
  /// element of one that is declared elsewhere: part of a larger document may have several roots, and mentions what that
  /// one declares.
  private static func wellFormed(_ text: [UInt8], _ head: XMLHead) -> [UInt8] {
    let content = text[head.start...]
    guard head.documentType == nil else { return Array(content) }
    return Array("<!DOCTYPE document SYSTEM \"document\"><document>".utf8) + content + "</document>".utf8
  }
}
