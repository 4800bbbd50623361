import Testing

@testable import Retrieval

@Suite struct PPTXParserTests {
  private func shape(_ placeholder: String?, _ paragraphs: String) -> String {
    let mark = placeholder.map { "<p:ph\($0.isEmpty ? "" : " type=\"\($0)\"")/>" } ?? ""
    return "<p:sp><p:nvSpPr><p:nvPr>\(mark)</p:nvPr></p:nvSpPr><p:txBody>\(paragraphs)</p:txBody></p:sp>"
  }

  private func paragraph(_ text: String, level: Int = 0) -> String {
    "<a:p><a:pPr lvl=\"\(level)\"/><a:r><a:t>\(text)</a:t></a:r></a:p>"
  }

  private func part(_ shapes: String) -> [UInt8] {
    Array(
      "<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\"><p:cSld><p:spTree>\(shapes)</p:spTree></p:cSld></p:sld>"
        .utf8)
  }

  @Test func `slides come in their order with titles, lists, tables and notes`() throws {
    var zip = ZipFixture(["[Content_Types].xml": "<Types/>"])
    let presentation = """
      <p:presentation xmlns:p="urn:p" xmlns:r="urn:r"><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>
      """
    zip.add("ppt/presentation.xml", Array(presentation.utf8))
    let links = [(1, "slide1"), (2, "slide2")].map {
      "<Relationship Id=\"rId\($0)\" Type=\"http://x/slide\" Target=\"slides/\($1).xml\"/>"
    }.joined()
    zip.add("ppt/_rels/presentation.xml.rels", Array("<Relationships>\(links)</Relationships>".utf8))
    let table =
      "<p:graphicFrame><a:tbl>"
      + [["Crop", "Sown"], ["Leek", "May"]].map { row in
        "<a:tr>\(row.map { "<a:tc><a:txBody>\(paragraph($0))</a:txBody></a:tc>" }.joined())</a:tr>"
      }.joined() + "</a:tbl></p:graphicFrame>"
    zip.add(
      "ppt/slides/slide1.xml",
      part(shape("sldNum", paragraph("2")) + table + "<p:grpSp>\(shape(nil, paragraph("A box")))</p:grpSp>"))
    zip.add(
      "ppt/slides/slide2.xml",
      part(
        shape("", paragraph("Beds") + paragraph("Roses", level: 1) + "<a:p/>")
          + shape("ctrTitle", paragraph("The garden"))))
    zip.add(
      "ppt/slides/_rels/slide2.xml.rels",
      Array(
        "<Relationships><Relationship Id=\"n\" Type=\"http://x/notesSlide\" Target=\"../notesSlides/n.xml\"/></Relationships>"
          .utf8))
    zip.add(
      "ppt/notesSlides/n.xml", part(shape("sldImg", "") + shape("body", paragraph("Welcome everybody."))))
    let document = try DocumentReader().parse(zip.bytes, name: "talk.pptx")
    #expect(
      document.outline == [
        "h1 The garden", "li - Beds", "li - Roses", "p Welcome everybody.", "t Crop | Sown\nLeek | May",
        "p A box",
      ])
    #expect(document.blocks.map(\.page) == [1, 1, 1, 1, 2, 2])
    #expect(document.title == "The garden")
    #expect(document.text.contains("\n  - Roses"))
  }

  @Test func `merged cells of a table keep their columns and are told with each row`() throws {
    func cell(_ text: String, _ attributes: String = "") -> String {
      "<a:tc \(attributes)><a:txBody>\(text.isEmpty ? "<a:p/>" : paragraph(text))</a:txBody></a:tc>"
    }
    let rows = [
      cell("Harvest", "gridSpan=\"3\"") + cell("", "hMerge=\"1\"") + cell("", "hMerge=\"1\""),
      cell("Bed", "rowSpan=\"2\"") + cell("Spring", "gridSpan=\"2\"") + cell("", "hMerge=\"1\""),
      cell("", "vMerge=\"1\"") + cell("Plan") + cell("Real"),
      cell("North", "rowSpan=\"2\"") + cell("12") + cell("9"),
      cell("", "vMerge=\"1\"") + cell("") + cell("4"),
    ]
    let table =
      "<p:graphicFrame><a:tbl>\(rows.map { "<a:tr>\($0)</a:tr>" }.joined())</a:tbl></p:graphicFrame>"
    #expect(
      try slide(table).outline == [
        "p Harvest", "t Bed | Spring Plan | Spring Real\nNorth | 12 | 9\nNorth |  | 4",
      ])
  }

  /// A presentation of one slide.
  private func slide(_ shapes: String) throws -> ParsedDocument {
    var zip = ZipFixture(["[Content_Types].xml": "<Types/>"])
    let presentation =
      "<p:presentation xmlns:p=\"urn:p\" xmlns:r=\"urn:r\"><p:sldIdLst><p:sldId r:id=\"rId1\"/></p:sldIdLst></p:presentation>"
    zip.add("ppt/presentation.xml", Array(presentation.utf8))
    zip.add(
      "ppt/_rels/presentation.xml.rels",
      Array(
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/slide\" Target=\"slides/slide1.xml\"/></Relationships>"
          .utf8))
    zip.add("ppt/slides/slide1.xml", part(shapes))
    return try DocumentReader().parse(zip.bytes, name: "talk.pptx")
  }
  @Test func `a chart is a table of its numbers`() throws {
    var zip = ZipFixture(["[Content_Types].xml": "<Types/>"])
    let presentation =
      "<p:presentation xmlns:p=\"urn:p\" xmlns:r=\"urn:r\"><p:sldIdLst><p:sldId r:id=\"rId1\"/></p:sldIdLst></p:presentation>"
    zip.add("ppt/presentation.xml", Array(presentation.utf8))
    func link(_ id: String, _ type: String, _ target: String) -> [UInt8] {
      Array(
        "<Relationships><Relationship Id=\"\(id)\" Type=\"http://x/\(type)\" Target=\"\(target)\"/></Relationships>"
          .utf8)
    }
    zip.add("ppt/_rels/presentation.xml.rels", link("rId1", "slide", "slides/slide1.xml"))
    let frame =
      "<p:graphicFrame><a:graphic><c:chart xmlns:c=\"urn:c\" xmlns:r=\"urn:r\" r:id=\"c7\"/></a:graphic></p:graphicFrame>"
    zip.add("ppt/slides/slide1.xml", part(shape("title", paragraph("Harvest")) + frame))
    zip.add("ppt/slides/_rels/slide1.xml.rels", link("c7", "chart", "../charts/chart3.xml"))
    func points(_ values: [String]) -> String {
      values.enumerated().map { "<c:pt idx=\"\($0.offset)\"><c:v>\($0.element)</c:v></c:pt>" }.joined()
    }
    func series(_ name: String, _ values: [String]) -> String {
      "<c:ser><c:tx><c:strRef><c:strCache>\(points([name]))</c:strCache></c:strRef></c:tx><c:cat>\(points(["Leek", "Kale"]))</c:cat>"
        + "<c:val><c:numRef><c:numCache>\(points(values))</c:numCache></c:numRef></c:val></c:ser>"
    }
    let chart =
      "<c:chartSpace xmlns:c=\"urn:c\" xmlns:a=\"urn:a\"><c:chart><c:title><a:t>Kilos by year</a:t></c:title><c:plotArea>"
      + "<c:barChart>\(series("2024", ["12", "7.5000000000000001"]))\(series("2025", ["14"]))</c:barChart>"
      + "<c:catAx><c:title><a:t>Crop</a:t></c:title></c:catAx></c:plotArea></c:chart></c:chartSpace>"
    zip.add("ppt/charts/chart3.xml", Array(chart.utf8))
    let document = try DocumentReader().parse(zip.bytes, name: "talk.pptx")
    #expect(
      document.outline == [
        "h1 Harvest", "p Kilos by year", "t Crop | 2024 | 2025\nLeek | 12 | 14\nKale | 7.5",
      ])
  }
}
