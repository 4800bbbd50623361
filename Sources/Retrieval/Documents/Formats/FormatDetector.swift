/// Finds a document's format by its content first and by its name where the content leaves it open.
public struct FormatDetector: Sendable {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  /// The format of a whole document.
  ///
  /// - Throws: `DocumentError`, `.unsupported` with the format's name and what to do, `.encrypted` for an Office
  ///   file under a password.
  public func format(of bytes: [UInt8], name: String) throws -> DocumentFormat {
    if Self.isPDF(bytes, name: name) { return .pdf }
    if Self.isZip(bytes) { return try zipFormat(bytes, name: name) }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      throw Self.compoundFile(bytes, name)
    }
    if bytes.starts(with: "{\\rtf".utf8) { return .rtf }
    if bytes.starts(with: "%!PS".utf8) {
      throw DocumentError(.unsupported, "PostScript is not read. Convert it: 'ps2pdf in.ps out.pdf'.")
    }
    if let binary = BinaryFormat.name(bytes) { throw Self.unsupported(binary) }
    guard TextSniffer.isText(bytes) else {
      throw Self.damaged(name) ?? Self.unsupported("binary data in a format that is not known")
    }
    return Self.textFormat(bytes, name: name)
  }

  // MARK: Text

  private static func textFormat(_ bytes: [UInt8], name: String) -> DocumentFormat {
    let named = DocumentFormat(name: name)
    if named == .html || isPage(bytes) { return .html }
    if isNotebook(bytes, name: name) { return .notebook }
    // Under these names lies other text, too: transcripts, and times in another form.
    if named == .subtitles || named == nil, SubtitleParser.isSubtitles(bytes) { return .subtitles }
    let mayBeXML = named == nil || named == .xml || FileName.pathExtension(name) == "xml"
    if mayBeXML, XMLDocumentParser.isDocument(bytes, name: name) { return .xml }
    if named == nil, ManualPageParser.macros(of: bytes) != nil { return .manualPage }
    if named == nil || isPlain(name), MarkdownSniffer.isMarkdown(bytes) { return .markdown }
    switch named {
    // Text under the name of a container is no such container.
    case .epub, .docx, .xlsx, .pptx, .openDocument, .rtf, .pdf, .archive, .notebook, .subtitles, .xml,
      nil:
      return .plainText
    case let format?: return format
    }
  }

  /// Whether a name says that it is text, and nothing of what kind.
  private static func isPlain(_ name: String) -> Bool {
    ["txt", "text"].contains(FileName.pathExtension(name)) && !SourceCode.isCode(name: name)
  }

  /// Whether the text is a whole HTML page, whatever comes before its root: a byte order mark, an XML declaration,
  /// comments.
  private static func isPage(_ bytes: [UInt8]) -> Bool {
    var head = lowered(bytes.prefix(1 << 12).filter { $0 != 0 })[...]
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
    while true {
      head = head.drop { $0 <= 0x20 || $0 >= 0xFE }
      if head.starts(with: "<!doctype html".utf8) { return true }
      if head.starts(with: "<html".utf8) {
        let next = head.dropFirst(5).first ?? 0x20
        return next <= 0x20 || next == UInt8(ascii: ">")
      }
      if head.starts(with: "<?xml".utf8), let end = find("?>", in: head) {
        head = head[end...].dropFirst(2)
      } else if head.starts(with: "<!--".utf8), let end = find("-->", in: head) {
        head = head[end...].dropFirst(3)
      } else {
        return false
      }
    }
  }

  /// Whether the text is a Jupyter notebook: a JSON object that names the notebook format and has cells.
  private static func isNotebook(_ bytes: [UInt8], name: String) -> Bool {
    guard let first = bytes.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }),
      first == UInt8(ascii: "{")
    else { return false }
    if DocumentFormat(name: name) == .notebook { return true }
    guard FileName.pathExtension(name) == "json" || DocumentFormat(name: name) == nil else { return false }
    return find("\"nbformat\"", in: bytes[...]) != nil && find("\"cells\"", in: bytes[...]) != nil
  }

  // MARK: Binary

  static func isZip(_ head: some Collection<UInt8>) -> Bool {
    head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// The header is due at the start; readers accept it within the first kilobyte (PDF 1.7, appendix H.3.4.1), which
  /// text that only quotes it must not pass for.
  static func isPDF(_ head: [UInt8], name: String) -> Bool {
    if head.starts(with: "%PDF-".utf8) { return true }
    guard find("%PDF-", in: head.prefix(1024)) != nil else { return false }
    return DocumentFormat(name: name) == .pdf || !TextSniffer.isText(head)
  }

  private func zipFormat(_ bytes: [UInt8], name: String) throws -> DocumentFormat {
    let named = DocumentFormat(name: name)
    do {
      let parts = try ArchiveParts(bytes, limits: limits) { _ in false }
      return try Self.zipFormat(members: Set(parts.paths), name: name)
    } catch let error as DocumentError where error.code == .damaged && named?.isPackage == true {
      // Its own parser says better what is missing.
      return named ?? .archive
    }
  }

  /// The format of a zip archive by what is in it; `.archive` if it is no document itself.
  ///
  /// - Throws: `.unsupported` for other office formats.
  static func zipFormat(members: Set<String>, name: String) throws -> DocumentFormat {
    if members.contains("META-INF/container.xml") { return .epub }
    if members.contains("word/document.xml") { return .docx }
    if members.contains("xl/workbook.xml") { return .xlsx }
    if members.contains("ppt/presentation.xml") { return .pptx }
    if members.contains("mimetype"), members.contains("content.xml") { return .openDocument }
    for (member, format) in officeMembers where members.contains(member) { throw convertible(format) }
    let named = DocumentFormat(name: name)
    return named?.isPackage == true ? named ?? .archive : .archive
  }

  private static let officeMembers = [
    ("xl/workbook.bin", "a binary Excel workbook"), ("visio/document.xml", "a Visio drawing"),
  ]

  /// OLE2: Word, Excel and PowerPoint before 2007, and newer files under a password, whose stream's name is kept
  /// in UTF-16.
  private static func compoundFile(_ bytes: [UInt8], _ name: String) -> DocumentError {
    let stream = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    if find(stream, in: bytes[...]) != nil {
      return DocumentError(
        .encrypted, "It is an Office file under a password. Open it, remove the password and save it again.")
    }
    switch FileName.pathExtension(name) {
    case "xls": return convertible("an Excel workbook of the old binary format")
    case "ppt": return convertible("a PowerPoint presentation of the old binary format")
    case "msg": return unsupported("an Outlook message")
    default: return convertible("a Word document of the old binary format")
    }
  }

  private static func convertible(_ format: String) -> DocumentError {
    let target = format.contains("Word") ? "docx" : format.contains("Excel") ? "xlsx" : "pdf"
    return DocumentError(
      .unsupported,
      "It is \(format), which is not read. Convert it: 'soffice --headless --convert-to \(target) FILE'.")
  }

  private static func unsupported(_ format: String) -> DocumentError {
    DocumentError(.unsupported, "It is \(format), which is not read.")
  }

  /// Bytes that are neither text nor what their name promises.
  private static func damaged(_ name: String) -> DocumentError? {
    let format: String
    switch DocumentFormat(name: name) {
    case .pdf: format = "a PDF file"
    case .epub: format = "an EPUB book"
    case .docx: format = "a Word document"
    case .xlsx: format = "an Excel workbook"
    case .pptx: format = "a PowerPoint presentation"
    case .openDocument: format = "an OpenDocument file"
    case .archive: format = "a zip archive"
    default: return nil
    }
    return DocumentError(.damaged, "It is named like \(format) and does not begin like one. Fetch it again.")
  }

  // MARK: Bytes

  private static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func find(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    find(Array(text.utf8), in: bytes)
  }

  private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = pattern.first else { return bytes.startIndex }
    var start = bytes.startIndex
    while let index = bytes[start...].firstIndex(of: first) {
      if bytes[index...].starts(with: pattern) { return index }
      start = index + 1
    }
    return nil
  }
}
