/// A Word document made of its parts.
struct DOCXFixture {
  /// The children of `w:body`.
  var body = ""
  /// The children of `w:styles`, beside those of `baseStyles`.
  var styles = ""
  /// The children of `w:numbering`.
  var numbering = ""
  var footnotes = ""
  var endnotes = ""
  /// The title among the properties.
  var title: String?

  init(_ body: String) { self.body = body }

  var zip: ZipFixture {
    var zip = ZipFixture(["[Content_Types].xml": "<Types/>"])
    func add(_ path: String, _ element: String, _ content: String) {
      let text = "<?xml version=\"1.0\"?><w:\(element) \(Self.namespaces)>\(content)</w:\(element)>"
      zip.add(path, Array(text.utf8))
    }
    add("word/styles.xml", "styles", Self.baseStyles + styles)
    if !numbering.isEmpty { add("word/numbering.xml", "numbering", numbering) }
    if !footnotes.isEmpty { add("word/footnotes.xml", "footnotes", footnotes) }
    if !endnotes.isEmpty { add("word/endnotes.xml", "endnotes", endnotes) }
    if let title {
      let core = """
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
          xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>\(title)</dc:title></cp:coreProperties>
        """
      zip.add("docProps/core.xml", Array(core.utf8))
    }
    add("word/document.xml", "document", "<w:body>\(body)<w:sectPr/></w:body>")
    return zip
  }

  /// A paragraph with a style and plain text.
  static func p(_ text: String, style: String? = nil, properties: String = "") -> String {
    let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
    return "<w:p><w:pPr>\(style)\(properties)</w:pPr>\(r(text))</w:p>"
  }

  static func r(_ text: String) -> String { "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>" }

  /// A list paragraph.
  static func item(_ text: String, list: Int, level: Int = 0) -> String {
    p(text, properties: "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr>")
  }

  private static let namespaces = """
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
    xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
    """

  private static let baseStyles = """
    <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/></w:style>
    <w:style w:styleId="MyHead"><w:name w:val="My Head"/><w:basedOn w:val="berschrift2"/></w:style>
    <w:style w:styleId="Outlined"><w:name w:val="Outlined"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
    <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    <w:style w:styleId="Quote"><w:name w:val="Quote"/></w:style>
    <w:style w:styleId="SourceCode"><w:name w:val="Source Code"/></w:style>
    <w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    """
}
