/// Reads OpenDocument texts, spreadsheets and presentations (ISO/IEC 26300, OASIS ODF 1.3) as LibreOffice writes them.
public struct OpenDocumentParser: DocumentParser {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let parts = try ArchiveParts(bytes, limits: limits) { FileName.pathExtension($0) == "xml" }
    if let manifest = parts["META-INF/manifest.xml"],
      let root = try? XMLTree(manifest, part: "META-INF/manifest.xml", recovers: true).root,
      !root.descendants("encryption-data").isEmpty
    {
      throw DocumentError(
        .encrypted, "It is encrypted and needs a password. Open it, and save it again without one.")
    }
    let path = "content.xml"
    let content = try XMLTree(parts.required(path, is: "its text"), part: path)
    guard let root = content.root, let body = root.first("body") else {
      throw DocumentError(.damaged, "'\(path)' inside it has no <office:body>. Save the document again.")
    }
    let styles = root.first("automatic-styles")
    var writer = OpenDocumentBody(styles: styles, lists: Self.lists(parts, styles))
    for part in body.children {
      switch part.name {
      case "spreadsheet": writer.append(spreadsheet: part)
      case "presentation", "drawing": writer.append(presentation: part)
      default: writer.append(part)
      }
    }
    return writer.document(title: Self.title(parts))
  }

  /// The styles of lists, those that people named and those of the text; ones that cannot be parsed are none.
  private static func lists(_ parts: ArchiveParts, _ own: XMLElement?) -> OpenDocumentLists {
    var lists = OpenDocumentLists()
    let path = "styles.xml"
    if let content = parts[path], let root = try? XMLTree(content, part: path, recovers: true).root {
      if let named = root.first("styles") { lists.add(named) }
    }
    if let own { lists.add(own) }
    return lists
  }

  /// The title among the document's properties; properties that cannot be parsed have none.
  private static func title(_ parts: ArchiveParts) -> String? {
    let path = "meta.xml"
    guard let content = parts[path], let root = try? XMLTree(content, part: path, recovers: true).root else {
      return nil
    }
    return PDFProperties.sensible(root.first("meta")?.first("title")?.text ?? "")
  }
}
