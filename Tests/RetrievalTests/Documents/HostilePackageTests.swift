import Retrieval
import Testing

/// Packages whose parts are asked for again and again.
@Suite(.serialized) struct HostilePackageTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parser: any DocumentParser
    /// The parts of a package of some size.
    let parts: @Sendable (Int) -> [(path: String, text: String)]
    var count = 500

    func document(times: Int) -> [UInt8] {
      var zip = ZipFixture()
      for (path, text) in parts(count * times) { zip.add(path, Array(text.utf8)) }
      return zip.bytes
    }
  }

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private static func relationships(_ targets: [(id: String, type: String, target: String)]) -> String {
    let entries = targets.map {
      "<Relationship Id=\"\($0.id)\" Type=\"http://x/\($0.type)\" Target=\"\($0.target)\"/>"
    }
    return "<Relationships>\(entries.joined())</Relationships>"
  }

  private static func slides(_ entries: String, _ shapes: String, chart: String = "") -> [(
    path: String, text: String
  )] {
    [
      (
        "ppt/presentation.xml",
        "<p:presentation xmlns:p=\"urn:p\" xmlns:r=\"urn:r\"><p:sldIdLst>\(entries)</p:sldIdLst></p:presentation>"
      ),
      (
        "ppt/_rels/presentation.xml.rels",
        relationships([("rx", "slide", "s.xml"), ("ry", "slide", "s.xml")])
      ),
      (
        "ppt/_rels/s.xml.rels",
        relationships([("c", "chart", "c.xml"), ("d", "chart", "c.xml"), ("n", "notesSlide", "n.xml")])
      ),
      (
        "ppt/s.xml",
        """
        <p:sld xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r" xmlns:c="urn:c"><p:cSld><p:spTree>\(shapes)</p:spTree>\
        </p:cSld></p:sld>
        """
      ),
      (
        "ppt/n.xml",
        """
        <p:notes xmlns:p="urn:p" xmlns:a="urn:a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:txBody>\
        <a:p><a:r><a:t>Notes.</a:t></a:r></a:p></p:txBody></p:sp></p:notes>
        """
      ),
      ("ppt/c.xml", chart),
    ]
  }

  private static let title =
    "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Slide</a:t></a:r></a:p></p:txBody></p:sp>"

  private static func chart(_ count: Int) -> String {
    let points = (0..<count).map { "<c:pt idx=\"\($0)\"><c:v>\($0)</c:v></c:pt>" }.joined()
    return
      "<c:chartSpace xmlns:c=\"urn:c\"><c:chart><c:plotArea><c:barChart><c:ser><c:val>\(points)</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
  }

  private static func openDocument(_ body: String) -> [(path: String, text: String)] {
    [
      (
        "content.xml",
        "<o:document-content xmlns:o=\"urn:o\" xmlns:t=\"urn:t\" xmlns:x=\"urn:x\" xmlns:d=\"urn:d\"><o:body>\(body)</o:body></o:document-content>"
      )
    ]
  }

  static let attacks: [Attack] = [
    Attack(testDescription: "PPTX one slide again and again", parser: PPTXParser()) {
      slides(repeated("<p:sldId r:id=\"rx\"/><p:sldId r:id=\"ry\"/>", $0), repeated(title, $0))
    },
    Attack(testDescription: "PPTX one chart again and again", parser: PPTXParser()) {
      slides(
        "<p:sldId r:id=\"rx\"/>",
        title
          + repeated(
            "<p:graphicFrame><c:chart r:id=\"c\"/><c:chart r:id=\"d\"/></p:graphicFrame>", $0),
        chart: chart($0))
    },
    Attack(testDescription: "XLSX one sheet again and again", parser: XLSXParser()) {
      [
        (
          "xl/workbook.xml",
          "<workbook xmlns:r=\"urn:r\"><sheets>"
            + repeated("<sheet name=\"S\" r:id=\"rx\"/><sheet name=\"T\" r:id=\"ry\"/>", $0)
            + "</sheets></workbook>"
        ),
        (
          "xl/_rels/workbook.xml.rels",
          relationships([("rx", "worksheet", "s.xml"), ("ry", "worksheet", "s.xml")])
        ),
        (
          "xl/s.xml",
          "<worksheet><sheetData>\(repeated("<row><c><v>1</v></c><c><v>2</v></c></row>", $0))</sheetData></worksheet>"
        ),
      ]
    },
    Attack(testDescription: "ODP many titles", parser: OpenDocumentParser()) {
      openDocument(
        "<o:presentation><d:page>\(repeated("<d:frame d:class=\"title\"><x:p>a</x:p></d:frame>", $0))</d:page></o:presentation>"
      )
    },
  ]

  @Test(arguments: attacks)
  func `Packages take a small stack and linear time`(attack: Attack) {
    OnSmallStack.expectLinearTime(
      attack.parser, "", short: attack.document(times: 1), long: attack.document(times: 4))
  }

  @Test func `What a part of a package shows is shown once`() throws {
    let slide = Attack(testDescription: "", parser: PPTXParser()) {
      Self.slides(
        Self.repeated("<p:sldId r:id=\"rx\"/><p:sldId r:id=\"ry\"/>", $0),
        Self.title + Self.repeated("<p:graphicFrame><c:chart r:id=\"c\"/></p:graphicFrame>", 3),
        chart: Self.chart(3))
    }
    let document = try PPTXParser().parse(slide.document(times: 1), name: "")
    #expect(document.outline == ["h1 Slide", "t | 1\n1 | 0\n2 | 1\n3 | 2", "p Notes."])
  }
}
