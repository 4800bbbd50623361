import Retrieval
import Testing

/// Packages whose elements are nested as deep as libxml2 reads them, and deeper.
@Suite(.serialized) struct HostileNestingTests {
  struct Nesting: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parser: any DocumentParser
    /// Written once for each level, before and after the innermost words.
    let open: String
    let close: String
    /// Elements of a level.
    let elements: Int
    /// What stands around all levels, innermost words included.
    let document: @Sendable (_ nested: (String) -> String) -> [UInt8]

    /// - Parameter levels: as many as libxml2 reads, unless given.
    func bytes(levels: Int? = nil) -> [UInt8] {
      let levels = levels ?? 240 / elements
      return document { words in
        String(repeating: open, count: levels) + words + String(repeating: close, count: levels)
      }
    }
  }

  private static func docx(
    _ name: String, _ open: String, _ close: String, around: String = "_",
    words: String = DOCXFixture.p("deep")
  ) -> Nesting {
    nesting("DOCX \(name)", DOCXParser(), open, close) { nested in
      DOCXFixture(around.replacing("_", with: nested(words))).zip.bytes
    }
  }

  private static func openDocument(
    _ name: String, _ open: String, _ close: String, around: String = "<o:text>_</o:text>",
    words: String = "<x:p>deep</x:p>"
  ) -> Nesting {
    nesting("OpenDocument \(name)", OpenDocumentParser(), open, close) { nested in
      let body = around.replacing("_", with: nested(words))
      return ZipFixture([
        "content.xml":
          "<o:document-content xmlns:o=\"urn:o\" xmlns:x=\"urn:x\" xmlns:t=\"urn:t\" xmlns:d=\"urn:d\"><o:body>\(body)</o:body></o:document-content>"
      ]).bytes
    }
  }

  private static func pptx(_ name: String, _ open: String, _ close: String) -> Nesting {
    nesting("PPTX \(name)", PPTXParser(), open, close) { nested in
      let shape = "<p:sp><p:txBody><a:p><a:r><a:t>deep</a:t></a:r></a:p></p:txBody></p:sp>"
      return ZipFixture([
        "ppt/presentation.xml":
          "<p:presentation xmlns:p=\"urn:p\" xmlns:r=\"urn:r\"><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels":
          "<Relationships><Relationship Id=\"s\" Type=\"http://x/slide\" Target=\"s.xml\"/></Relationships>",
        "ppt/s.xml":
          "<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\" xmlns:mc=\"urn:mc\"><p:cSld><p:spTree>\(nested(shape))</p:spTree></p:cSld></p:sld>",
      ]).bytes
    }
  }

  private static func nesting(
    _ name: String, _ parser: any DocumentParser, _ open: String, _ close: String,
    _ document: @escaping @Sendable (_ nested: (String) -> String) -> [UInt8]
  ) -> Nesting {
    let elements = max(1, open.count { $0 == "<" } - 2 * open.count { $0 == "/" })
    return Nesting(
      testDescription: name, parser: parser, open: open, close: close, elements: elements, document: document)
  }

  private static let cell = "<w:tc>\(DOCXFixture.p("a"))</w:tc>"

  static let nestings: [Nesting] = [
    docx("controls", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    docx("custom XML", "<w:customXml>", "</w:customXml>"),
    docx("tables of one column", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    docx("tables", "<w:tbl><w:tr>\(cell)<w:tc>", "</w:tc></w:tr></w:tbl>"),
    docx(
      "controls around rows", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>",
      around: "<w:tbl>_</w:tbl>",
      words: "<w:tr>\(cell)<w:tc>\(DOCXFixture.p("deep"))</w:tc></w:tr>"),
    docx(
      "text boxes", "<w:p><w:r><w:pict><v:textbox><w:txbxContent>",
      "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"),
    docx("insertions", "<w:ins>", "</w:ins>", around: "<w:p>_</w:p>", words: DOCXFixture.r("deep")),
    docx(
      "alternatives", "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>",
      around: "<w:p>_</w:p>", words: DOCXFixture.r("deep")),
    docx(
      "elements in words", "<w:x>", "</w:x>", around: "<w:p><w:r><w:t>_</w:t></w:r></w:p>", words: "deep"),
    pptx("groups", "<p:grpSp>", "</p:grpSp>"),
    pptx("alternatives", "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    openDocument("sections", "<x:section>", "</x:section>"),
    openDocument("lists", "<x:list><x:list-item>", "</x:list-item></x:list>"),
    openDocument(
      "boxes", "<x:p>a<d:frame><d:text-box>", "</d:text-box></d:frame></x:p>"),
    openDocument("notes", "<x:p>a<x:note><x:note-body>", "</x:note-body></x:note></x:p>"),
    openDocument("spans", "<x:span>", "</x:span>", around: "<o:text><x:p>_</x:p></o:text>", words: "deep"),
    openDocument(
      "tables", "<t:table><t:table-row><t:table-cell>", "</t:table-cell></t:table-row></t:table>"),
    openDocument(
      "groups of rows", "<t:table-row-group>", "</t:table-row-group>",
      around: "<o:spreadsheet><t:table>_</t:table></o:spreadsheet>",
      words: "<t:table-row><t:table-cell><x:p>deep</x:p></t:table-cell></t:table-row>"),
    openDocument(
      "groups of shapes", "<d:g>", "</d:g>", around: "<o:presentation><d:page>_</d:page></o:presentation>",
      words: "<d:frame><d:text-box><x:p>deep</x:p></d:text-box></d:frame>"),
  ]

  @Test(arguments: nestings)
  func `The innermost words are read on a small stack`(nesting: Nesting) {
    // The runtime makes types when they are first used, which takes more stack than is given below.
    _ = try? nesting.parser.parse(nesting.bytes(levels: 2), name: "")
    let document = OnSmallStack.document(nesting.parser, nesting.bytes())
    #expect(document?.text.contains("deep") == true)
  }

  /// Documents in XML that is well-formed, and text where libxml2 does not read them.
  @Test(arguments: [
    ("<section>", "</section>"), ("<para>", "</para>"), ("<emphasis>", "</emphasis>"), ("<note>", "</note>"),
    ("<itemizedlist><listitem>", "</listitem></itemizedlist>"), ("<ulink url=\"a\">", "</ulink>"),
    (
      "<informaltable><tgroup><tbody><row><entry>", "</entry></row></tbody></tgroup></informaltable>"
    ),
    ("<variablelist><varlistentry><term>a</term><listitem>", "</listitem></varlistentry></variablelist>"),
    ("<footnote><para>", "</para></footnote>"), ("<programlisting>", "</programlisting>"),
  ])
  func `The innermost words of DocBook are read on a small stack`(open: String, close: String) {
    func page(_ levels: Int) -> [UInt8] {
      let nested = String(repeating: open, count: levels) + "deep" + String(repeating: close, count: levels)
      return Array("<article><title>a</title>\(nested)</article>".utf8)
    }
    _ = try? XMLDocumentParser().parse(page(2), name: "a.docbook")
    for levels in [240 / open.count { $0 == "<" }, 1000, 100_000] {
      let document = OnSmallStack.document(XMLDocumentParser(), page(levels), "a.docbook")
      #expect(document?.text.contains("deep") == true)
    }
  }

  @Test(arguments: nestings, [1000, 100_000])
  func `What libxml2 does not read is an error`(nesting: Nesting, levels: Int) {
    #expect(OnSmallStack.document(nesting.parser, nesting.bytes(levels: levels)) == nil)
  }
}
