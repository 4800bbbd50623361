/// Reads the content of sources on disk and in zip archives, and parses it by its format.
///
/// It blocks the calling thread, for minutes where a PDF is hostile; call it on a thread or queue that may wait,
/// never on the cooperative pool. It may be used from several threads at once.
public struct DocumentReader: Sendable {
  public enum Content: Sendable, Equatable {
    /// The bytes of one document.
    case document([UInt8])
    /// A zip archive: the documents in it, each to be read on its own, and what else it holds in vain.
    case archive(members: [SourceFile], failures: [SourceFailure])
  }

  public let limits: DocumentLimits
  private let archives: OpenArchives
  private let parsers: [DocumentFormat: any DocumentParser]

  public init(limits: DocumentLimits = DocumentLimits()) {
    self.limits = limits
    archives = OpenArchives(limits: limits)
    var parsers: [DocumentFormat: any DocumentParser] = [
      .markdown: MarkdownParser(), .html: HTMLParser(), .plainText: PlainTextParser(),
      .reStructuredText: ReStructuredTextParser(), .notebook: NotebookParser(),
      .epub: EPUBParser(limits: limits),
      .docx: DOCXParser(limits: limits), .pdf: PDFParser(limits: limits),
      .xlsx: XLSXParser(limits: limits), .pptx: PPTXParser(limits: limits),
      .openDocument: OpenDocumentParser(limits: limits), .delimited: DelimitedParser(),
      .rtf: RTFParser(), .manualPage: ManualPageParser(), .asciiDoc: AsciiDocParser(), .org: OrgParser(),
      .json: JSONParser(), .subtitles: SubtitleParser(), .latex: LaTeXParser(),
      .xml: XMLDocumentParser(),
    ]
    parsers[.mail] = MailParser(attachments: MailAttachments(parsers: parsers, limits: limits))
    self.parsers = parsers
  }

  /// Reads a file, or a member of an archive as `read` has listed it (`/a/b.zip!/inner.md`).
  ///
  /// - Throws: `DocumentError`: `.unreadable` with the system's reason, `.empty`, `.tooLarge` with the limit, or what
  ///   is wrong with the archive.
  public func read(_ file: SourceFile) throws -> Content {
    let content: FileContent
    do {
      content = try FileContent(file.source)
    } catch {
      guard let member = MemberSource(file.source) else { throw error }
      let bytes = try archives.read(member)
      guard !bytes.isEmpty else { throw Self.empty }
      return .document(bytes)
    }
    guard content.status.size > 0 else { throw Self.empty }
    let head = try content.head(TextSniffer.length)
    if FormatDetector.isZip(head), try isArchiveOfDocuments(file) {
      let listing = try ArchiveListing(file, limits: limits)
      guard !listing.members.isEmpty || !listing.failures.isEmpty else {
        throw DocumentError(.empty, "The archive holds no document in a format that is read.")
      }
      return .archive(members: listing.members, failures: listing.failures)
    }
    return .document(try content.all(limit: limit(head, name: file.name)))
  }

  /// Parses a document, whatever its name says it is.
  ///
  /// - Parameter name: its file name or path; says the format where the content does not.
  /// - Throws: `DocumentError`, `.empty` for a document without any text.
  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    guard !bytes.isEmpty else { throw Self.empty }
    try DocumentLimits.check(bytes.count, limit: limit(bytes, name: name))
    let (bytes, name) = try unpacked(bytes, name: name)
    guard !bytes.isEmpty else { throw Self.empty }
    let format = try FormatDetector(limits: limits).format(of: bytes, name: name)
    guard let parser = parsers[format] else {
      throw DocumentError(
        .nestedArchive, "It is an archive inside another. Unpack the outer one and add the folder.")
    }
    var document = try parser.parse(bytes, name: name)
    guard !document.blocks.isEmpty else {
      throw DocumentError(.empty, "It has no text that could be searched.")
    }
    if document.title == nil, format.isNamedByFile { document.title = FileName.title(name) }
    return document
  }

  /// Names the parser that `parse` takes, with its revision; empty where it takes none.
  public func parser(of bytes: [UInt8], name: String) -> String {
    do {
      let (bytes, name) = try unpacked(bytes, name: name)
      return try FormatDetector(limits: limits).format(of: bytes, name: name).parser
    } catch {
      // Why it cannot be read is what `parse` says.
      return ""
    }
  }

  /// The content of what is packed with gzip and its name without `.gz`; anything else as it is. Of what is
  /// not read anyway, only the beginning is unpacked.
  private func unpacked(_ bytes: [UInt8], name: String) throws -> (content: [UInt8], name: String) {
    guard GzipContent.isPacked(bytes) else { return (bytes, name) }
    let name = FileName.withoutGzip(name)
    let head = try GzipContent.head(bytes, count: TextSniffer.length)
    let isContainer = FormatDetector.isZip(head) || FormatDetector.isPDF(head, name: name)
    guard isContainer || BinaryFormat.name(head) == nil && TextSniffer.isText(head) else {
      return (head, name)
    }
    return (try GzipContent.unpacked(bytes, limit: limit(head, name: name)), name)
  }

  private func limit(_ head: [UInt8], name: String) -> Int {
    FormatDetector.isZip(head) || FormatDetector.isPDF(Array(head.prefix(TextSniffer.length)), name: name)
      ? limits.containerBytes : limits.documentBytes
  }

  private func isArchiveOfDocuments(_ file: SourceFile) throws -> Bool {
    do {
      let reader = try ArchiveReader(path: file.source, limits: limits)
      var names: Set<String> = []
      while let member = try reader.next() { names.insert(member.path) }
      return try FormatDetector.zipFormat(members: names, name: file.name) == .archive
    } catch let error as DocumentError where error.code == .damaged {
      // Its own parser says better what is missing.
      if DocumentFormat(name: file.name)?.isPackage == true { return false }
      throw error
    }
  }

  private static let empty = DocumentError(.empty, "The file is empty.")
}
