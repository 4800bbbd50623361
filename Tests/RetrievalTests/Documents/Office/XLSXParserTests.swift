import Testing

@testable import Retrieval

@Suite struct XLSXParserTests {
  private func book(_ sheets: [(name: String, state: String?, data: String)], workbook: String = "")
    -> ZipFixture
  {
    var zip = ZipFixture(["[Content_Types].xml": "<Types/>"])
    var entries = ""
    var links = ""
    for (index, sheet) in sheets.enumerated() {
      let state = sheet.state.map { " state=\"\($0)\"" } ?? ""
      entries += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 7)\"\(state) r:id=\"rId\(index)\"/>"
      links +=
        "<Relationship Id=\"rId\(index)\" Type=\"http://x/worksheet\" Target=\"worksheets/s\(index).xml\"/>"
      zip.add(
        "xl/worksheets/s\(index).xml",
        Array("<worksheet><sheetData>\(sheet.data)</sheetData></worksheet>".utf8))
    }
    zip.add(
      "xl/workbook.xml",
      Array("<workbook xmlns:r=\"urn:r\">\(workbook)<sheets>\(entries)</sheets></workbook>".utf8))
    zip.add("xl/_rels/workbook.xml.rels", Array("<Relationships>\(links)</Relationships>".utf8))
    return zip
  }

  @Test func `sheets, tables and shared strings are read, hidden sheets are not`() throws {
    let first = """
      <row r="1"><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>kWh</t></is></c></row>
      <row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2"><v>312</v></c><c r="D2" t="b"><v>1</v></c></row>
      <row r="5"><c r="A5" t="str"><v>a note</v></c></row>
      """
    var zip = book([("House", "visible", first), ("Secret", "hidden", first), ("Empty", nil, "")])
    zip.add(
      "xl/sharedStrings.xml",
      Array(
        "<sst><si><t>Month</t></si><si><r><t>Jan</t></r><r><t>uary</t></r><rPh><t>x</t></rPh></si></sst>".utf8
      ))
    let document = try DocumentReader().parse(zip.bytes, name: "a.xlsx")
    #expect(document.outline == ["h1 House", "t Month | kWh\nJanuary | 312 | TRUE", "p a note"])
    let lone = book([("Tabelle1", nil, "<row><c><v>1</v></c><c><v>2</v></c></row>")])
    #expect(try DocumentReader().parse(lone.bytes, name: "a.xlsx").outline == ["t 1 | 2"])
  }

  @Test(arguments: [
    ("98.299999999999997", 0, "98.3"), ("312", 0, "312"), ("0.1", 0, "0.1"), ("0.00000012", 0, "1.2e-07"),
    ("-4.5", 0, "-4.5"), ("1E+20", 0, "1e+20"), ("0.19", 9, "19%"), ("45357", 14, "2024-03-06"),
    ("1", 14, "1900-01-01"), ("60", 14, "1900-02-28"), ("61", 14, "1900-03-01"), ("36585", 14, "2000-02-29"),
    ("0.6875", 20, "16:30"), ("45357.5", 22, "2024-03-06 12:00"), ("x", 14, "x"), ("-1", 14, "-1"),
    ("45357", 164, "2024-03-06"), ("7", 165, "7"), ("1e300", 14, "1e+300"),
  ])
  func `numbers are shown as their format says`(stored: String, format: Int, expected: String) throws {
    let styles = """
      <styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d\\. mmmm yyyy;@"/>
      <numFmt numFmtId="165" formatCode="0.00\\ &quot;days&quot;"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="\(format)"/></cellXfs></styleSheet>
      """
    let formats = try XLSXFormats(XMLTree(Array(styles.utf8), part: "styles"), is1904: false)
    #expect(formats.shown(stored, style: 1) == expected)
  }

  @Test func `days are counted from 1904 where the workbook says so`() throws {
    let formats = try XLSXFormats(
      XMLTree(Array("<s><cellXfs><xf numFmtId=\"14\"/></cellXfs></s>".utf8), part: "s"), is1904: true)
    #expect(formats.shown("0", style: 0) == "1904-01-01")
  }

  @Test(arguments: [("A1", 0), ("Z9", 25), ("AA1", 26), ("XFD1", 16_383), ("1", nil)])
  func `columns are counted from their letters`(reference: String, expected: Int?) {
    #expect(XLSXParser.column(reference) == expected)
  }

  @Test func `damage is an error`() {
    var random = DocumentFuzzer(seed: 9)
    let bytes = book([("A", nil, "<row><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>")]).bytes
    for _ in 0..<50 {
      do { _ = try DocumentReader().parse(random.altered(bytes), name: "a.xlsx") } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }

  @Test func `cells that are far apart cost what they hold`() throws {
    // A cell in the last column of each row, and one on the diagonal.
    let far = (1...20_000).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c><c r=\"XFD\($0)\"><v>2</v></c></row>"
    }
    let wide = try DocumentReader().parse(book([("Tabelle1", nil, far.joined())]).bytes, name: "a.xlsx")
    #expect(wide.text.hasPrefix("1 | 2\n1 | 2\n") && wide.text.utf8.count < 200_000)
    func name(_ column: Int) -> String {
      (column >= 26 ? name(column / 26 - 1) : "") + String(UnicodeScalar(UInt8(65 + column % 26)))
    }
    let diagonal = (0..<5000).map { "<row r=\"\($0 + 1)\"><c r=\"\(name($0))\($0 + 1)\"><v>7</v></c></row>" }
    let sparse = try DocumentReader().parse(
      book([("Tabelle1", nil, diagonal.joined())]).bytes, name: "a.xlsx")
    #expect(sparse.text.utf8.count < 20_000)
  }

  @Test func `a long string that many cells show counts as often as it is shown`() throws {
    var zip = book([
      ("Tabelle1", nil, String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 1000))
    ])
    let long = String(repeating: "word ", count: 2000)
    zip.add("xl/sharedStrings.xml", Array("<sst><si><t>\(long)</t></si></sst>".utf8))
    var limits = DocumentLimits()
    limits.documentBytes = 5_000_000
    let error = #expect(throws: DocumentError.self) {
      try XLSXParser(limits: limits).parse(zip.bytes, name: "a.xlsx")
    }
    #expect(error?.code == .tooLarge)
    #expect(try XLSXParser().parse(zip.bytes, name: "a.xlsx").text.utf8.count > 9_000_000)
  }
}
