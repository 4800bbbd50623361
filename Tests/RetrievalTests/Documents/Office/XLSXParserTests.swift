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
    ("0.6875", 20, "16:30"), ("1.4166666666666667", 46, "34:00"), ("45357.5", 22, "2024-03-06 12:00"),
    ("x", 14, "x"), ("-1", 14, "-1"),
    ("45357", 164, "2024-03-06"), ("7", 165, "7 days"), ("1e300", 14, "1e+300"),
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

  @Test(arguments: [
    ("#,##0.00\\ \"€\"", "2890", "2890 €"), ("#,##0.00 [$€-407]", "2369.8", "2369.80 €"),
    ("[$$-409]#,##0.00", "3795", "$3795"), ("\"EUR\" #,##0", "14400", "EUR 14400"),
    ("_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-", "-1246.5", "-1246.50 €"),
    ("0\" kg\";[Red]-0\" kg\"", "62", "62 kg"), ("#,##0,\"k\"", "1500000", "1500000"),
    ("0.00E+00", "5", "5"), ("General", "5", "5"), ("#,##0.00", "5.25", "5.25"),
    ("0.0\"°C\"", "-0.04", "0.0 °C"),
    ("[h]:mm", "0.35416666666666669", "8:30"), ("[h]:mm:ss;@", "1.4166666666666667", "34:00"),
    ("[hh]:mm", "-0.25", "-6:00"), ("[mm]:ss", "0.0010648148148148149", "0:01:32"),
    ("[Red][h]:mm", "2", "48:00"), ("[$-407]h:mm", "1.5", "12:00"), ("[Red]0.0", "0.5", "0.5"),
    ("[>=100]0;[Blue]0.0", "7", "7"),
  ])
  func `numbers keep the currency or the unit of their format`(code: String, stored: String, expected: String)
    throws
  {
    let escaped = code.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing(
      ">", with: "&gt;")
    let styles =
      "<s><numFmts><numFmt numFmtId=\"170\" formatCode=\"\(escaped)\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"170\"/></cellXfs></s>"
    let formats = try XLSXFormats(XMLTree(Array(styles.utf8), part: "s"), is1904: false)
    #expect(formats.shown(stored, style: 0) == expected)
  }

  private func cells(_ row: Int, _ texts: [String: String]) -> String {
    let cells = texts.sorted { $0.key < $1.key }.map {
      "<c r=\"\($0.key)\(row)\" t=\"str\"><v>\($0.value)</v></c>"
    }
    return "<row r=\"\(row)\">\(cells.joined())</row>"
  }

  private func sheet(_ rows: [String], merges: [String]) throws -> [String] {
    let list = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    let data = rows.joined() + "</sheetData><mergeCells>\(list)</mergeCells><sheetData>"
    return try DocumentReader().parse(book([("Sheet1", nil, data)]).bytes, name: "a.xlsx").outline
  }

  @Test func `names of columns over several rows are one, and a title above them is none of them`() throws {
    let rows = [
      cells(1, ["A": "Harvest by bed"]), cells(2, ["A": "Bed", "B": "Spring", "D": "Autumn"]),
      cells(3, ["B": "Plan", "C": "Real", "D": "Plan", "E": "Real"]),
      cells(4, ["A": "Leek", "B": "12", "C": "9", "D": "20"]),
    ]
    #expect(
      try sheet(rows, merges: ["A1:E1", "A2:A3", "B2:C2", "D2:E2"]) == [
        "p Harvest by bed",
        "t Bed | Spring Plan | Spring Real | Autumn Plan | Autumn Real\nLeek | 12 | 9 | 20",
      ])
  }

  @Test func `what stands over several rows is told in each, and empty rows beside it end no table`() throws {
    let rows = [
      cells(1, ["A": "Harvest by bed"]), cells(2, ["A": "Bed", "B": "Crop", "C": "Kilos"]),
      cells(3, ["A": "North", "B": "Leek", "C": "12"]), cells(4, ["B": "Kale", "C": "9"]),
      cells(7, ["B": "Beet", "C": "3"]), cells(8, ["A": "South", "B": "Dill", "C": "4"]),
      cells(10, ["A": "A note"]),
    ]
    #expect(
      try sheet(rows, merges: ["A1:C1", "A3:A7", "C7:C8"]) == [
        "p Harvest by bed",
        "t Bed | Crop | Kilos\nNorth | Leek | 12\nNorth | Kale | 9\nNorth | Beet | 3\nSouth | Dill | 4",
        "p A note",
      ])
    // A name beside the first rows is no title above them.
    let beside = [
      cells(1, ["A": "North side"]), cells(2, ["B": "Leek", "C": "12"]), cells(3, ["B": "Kale", "C": "9"]),
    ]
    #expect(
      try sheet(beside, merges: ["A1:A3"]) == ["t North side\nNorth side | Leek | 12\nNorth side | Kale | 9"])
  }

  @Test func `cells that stand over very many rows cost what they hold`() throws {
    let names = (0..<200).map(name)
    let first =
      "<row r=\"1\">" + names.map { "<c r=\"\($0)1\" t=\"str\"><v>word</v></c>" }.joined() + "</row>"
    let rows = [first] + (2...5000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>2</v></c></row>" }
    let text = try sheet(rows, merges: names.map { "\($0)1:\($0)1048576" })
    #expect(text.count == 1 && text[0].utf8.count < 500_000)
    let far = ["<row r=\"1\">", "<row r=\"1048576\">"].map { $0 + "<c r=\"B1\"><v>2</v></c></row>" }
    let start = ContinuousClock.now
    _ = try sheet([first] + (0..<2000).map { far[$0 % 2] }, merges: ["A1:A1048576"])
    #expect(.now - start < .seconds(5))
  }

  private func name(_ column: Int) -> String {
    (column >= 26 ? name(column / 26 - 1) : "") + String(UnicodeScalar(UInt8(65 + column % 26)))
  }

  @Test func `a wide cell above data stays a row`() throws {
    let rows = [
      cells(1, ["A": "Bed", "B": "Weight in spring"]), cells(2, ["A": "Leek", "B": "12", "C": "9"]),
      cells(3, ["A": "Kale", "B": "3", "C": "4"]),
    ]
    #expect(
      try sheet(rows, merges: ["B1:C1"]) == ["t Bed | Weight in spring\nLeek | 12 | 9\nKale | 3 | 4"])
  }

  @Test func `a head of merged ranges that lie over each other costs what it holds`() throws {
    let names = (0..<3000).map(name)
    let rows = (1...3).map { row in
      "<row r=\"\(row)\">"
        + names.map { "<c r=\"\($0)\(row)\" t=\"str\"><v>x\($0)</v></c>" }.joined() + "</row>"
    }
    let start = ContinuousClock.now
    for row in 1...2 {
      let text = try sheet(rows, merges: names.map { "\($0)\(row):XFD\(row)" })
      #expect(text.count == 1 && text[0].hasPrefix("t xA | xB | xC"))
    }
    #expect(.now - start < .seconds(5))
  }

  @Test func `numbers of rows that no sheet has are read on`() throws {
    for number in ["9223372036854775807", "-9223372036854775808", "0"] {
      let rows = ["<row r=\"\(number)\"><c><v>1</v></c></row>", "<row><c><v>2</v></c></row>"]
      #expect(try sheet(rows, merges: []).joined(separator: " ").contains("2"))
    }
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
