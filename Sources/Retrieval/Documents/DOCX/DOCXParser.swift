/// Reads Word documents (Office Open XML, ECMA-376) as they look with every tracked change accepted.
public struct DOCXParser: DocumentParser {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let office = try OfficeParts(bytes, limits: limits)
    let parts = office.parts
    let main = try Self.mainPart(parts)
    let content = try parts.required(main, is: "its text")
    func part(_ name: String) throws -> XMLTree? {
      let path = MemberPath.resolved(name, against: main)
      return try parts[path].map { try XMLTree($0, part: path) }
    }
    let styles = try DOCXStyles(part("styles.xml"))
    let numbering = try DOCXNumbering(part("numbering.xml"))
    let footnotes = try DOCXNotes(part("footnotes.xml"), element: "footnote")
    let endnotes = try DOCXNotes(part("endnotes.xml"), element: "endnote")

    var body = DOCXBody(
      styles: styles, numbering: numbering, footnotes: footnotes, endnotes: endnotes,
      charts: try DOCXCharts(office, main: main))
    try XMLBlockReader.forEachChild(of: "body", in: content, part: main) { body.append($0) }
    return body.document(title: Self.title(parts))
  }

  /// Path of the main document, which the package's relationships may call anything.
  private static func mainPart(_ parts: ArchiveParts) throws -> String {
    let usual = "word/document.xml"
    guard parts[usual] == nil, let relationships = parts["_rels/.rels"] else { return usual }
    let root = try XMLTree(relationships, part: "_rels/.rels").root
    let target = root?.all("Relationship").first {
      $0.attribute("Type")?.hasSuffix("/officeDocument") == true
    }?.attribute("Target")
    return target.map { MemberPath.resolved($0, against: "") } ?? usual
  }

  /// The title among the document's properties; properties that cannot be parsed have none.
  private static func title(_ parts: ArchiveParts) -> String? {
    let path = "docProps/core.xml"
    guard let content = parts[path], let root = try? XMLTree(content, part: path, recovers: true).root else {
      return nil
    }
    let title = Whitespace.collapsed(root.first("title")?.text ?? "")
    return title.isEmpty ? nil : title
  }
}
