import Testing

@testable import Retrieval

@Suite struct DOCXParserTests {
  private func parse(_ fixture: DOCXFixture) throws -> ParsedDocument {
    try DOCXParser().parse(fixture.zip.bytes, name: "a.docx")
  }

  private static let drawing = """
    <w:p>\(DOCXFixture.r("Before"))<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>\
    \(DOCXFixture.p("In the box"))</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>\
    <w:txbxContent>\(DOCXFixture.p("In the box"))</w:txbxContent></v:textbox></w:pict></mc:Fallback>\
    </mc:AlternateContent></w:r></w:p>
    """

  @Test(arguments: [
    (DOCXFixture.p("Big", style: "Titel"), ["h1 Big"]),
    (DOCXFixture.p("One", style: "berschrift1"), ["h1 One"]),
    (DOCXFixture.p("Two", style: "berschrift2"), ["h2 Two"]),
    (DOCXFixture.p("Mine", style: "MyHead"), ["h2 Mine"]),
    (DOCXFixture.p("Third", style: "Outlined"), ["h3 Third"]),
    (DOCXFixture.p("Direct", properties: "<w:outlineLvl w:val=\"0\"/>"), ["h1 Direct"]),
    (DOCXFixture.p("Body", style: "berschrift1", properties: "<w:outlineLvl w:val=\"9\"/>"), ["p Body"]),
    (DOCXFixture.p("Round", style: "Loop"), ["p Round"]),
    (DOCXFixture.p("Unknown", style: "None"), ["p Unknown"]),
    (DOCXFixture.p("Said", style: "Quote"), ["q Said"]),
    (
      DOCXFixture.p("if x:", style: "SourceCode") + DOCXFixture.p("  y", style: "SourceCode"),
      ["c if x:\n  y"]
    ),
    (DOCXFixture.p("Intro 3", style: "TOC1") + DOCXFixture.p("Text"), ["p Text"]),
    (DOCXFixture.p("  ") + DOCXFixture.p("") + DOCXFixture.p("x"), ["p x"]),
    ("<w:p>\(DOCXFixture.r("a"))<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", ["p a\tb\nc"]),
    (
      "<w:p>\(DOCXFixture.r("well"))<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>known</w:t></w:r></w:p>",
      ["p well-known"]
    ),
    (
      "<w:p><w:hyperlink>\(DOCXFixture.r("a link"))</w:hyperlink>\(DOCXFixture.r(" on"))</w:p>",
      ["p a link on"]
    ),
    (
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText></w:r>\(DOCXFixture.r("7"))</w:p>",
      ["p 7"]
    ),
    (
      "<w:p>\(DOCXFixture.r("kept "))<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        + "<w:ins>\(DOCXFixture.r("added"))</w:ins><w:moveFrom>\(DOCXFixture.r("moved"))</w:moveFrom></w:p>",
      ["p kept added"]
    ),
    (
      "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>\(DOCXFixture.r("one "))</w:p>" + DOCXFixture.p("two"),
      ["p one two"]
    ),
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\(DOCXFixture.r("seen"))</w:p>", ["p seen"]),
    (drawing, ["p Before", "p In the box"]),
    ("<w:sdt><w:sdtContent>\(DOCXFixture.p("Controlled"))</w:sdtContent></w:sdt>", ["p Controlled"]),
    (
      "<w:p><w:r><w:ruby><w:rt>\(DOCXFixture.r("kana"))</w:rt><w:rubyBase>\(DOCXFixture.r("字"))</w:rubyBase>"
        + "</w:ruby></w:r></w:p>",
      ["p 字"]
    ),
    ("<w:p><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>", ["p x+y"]),
  ])
  func `paragraphs become what they look like`(body: String, expected: [String]) throws {
    #expect(try parse(DOCXFixture(body)).outline == expected)
  }

  @Test func `lists are counted as Word counts them`() throws {
    var fixture = DOCXFixture(
      [
        DOCXFixture.item("A", list: 1), DOCXFixture.item("sub", list: 1, level: 1),
        DOCXFixture.item("sub", list: 1, level: 1), DOCXFixture.item("B", list: 1), DOCXFixture.p("Between"),
        DOCXFixture.item("C", list: 2), DOCXFixture.item("D", list: 3), DOCXFixture.item("E", list: 4),
        DOCXFixture.item("none", list: 0), DOCXFixture.item("unknown", list: 9),
      ].joined())
    fixture.numbering = """
      <w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl>
      </w:abstractNum>
      <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="0"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
      <w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>
      """
    #expect(
      try parse(fixture).outline == [
        "li 1. A", "li 1.iii) sub", "li 1.iv) sub", "li 2. B", "p Between", "li 3. C", "li 7. D", "li - E",
        "p none",
        "p unknown",
      ])
  }

  @Test(arguments: [
    (1, "upperRoman", "I"), (1994, "upperRoman", "MCMXCIV"), (4000, "upperRoman", "4000"),
    (0, "lowerRoman", "0"),
    (26, "lowerLetter", "z"), (27, "upperLetter", "AA"), (-1, "lowerLetter", "-1"), (3, "decimalZero", "03"),
    (12, "chicago", "12"),
  ])
  func `numbers are written in their format`(number: Int, format: String, expected: String) {
    #expect(ListNumber.text(number, format: format) == expected)
  }

  @Test func `headings carry their numbers`() throws {
    var fixture = DOCXFixture(
      DOCXFixture.p("Scope", style: "Numbered") + DOCXFixture.p("Terms", style: "Numbered"))
    fixture.styles = """
      <w:style w:styleId="Numbered"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
      </w:style>
      """
    fixture.numbering = """
      <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      """
    #expect(try parse(fixture).outline == ["h1 1 Scope", "h1 2 Terms"])
  }

  @Test func `tables become rows, merged cells stay with their rows`() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(DOCXFixture.p(text))</w:tc>"
    }
    let inner = "<w:tbl><w:tr>\(cell("x"))\(cell("y"))</w:tr><w:tr>\(cell("z"))\(cell(""))</w:tr></w:tbl>"
    let body = """
      <w:tbl><w:tblPr/><w:tr>\(cell("Region"))\(cell("Q1"))\(cell("Q2"))</w:tr>
      <w:tr>\(cell("North", "<w:vMerge w:val=\"restart\"/>"))\(cell("1"))\(cell("2"))</w:tr>
      <w:tr>\(cell("", "<w:vMerge/>"))\(cell("wide", "<w:gridSpan w:val=\"2\"/>"))</w:tr>
      <w:tr><w:trPr><w:del/></w:trPr>\(cell("deleted"))</w:tr>
      <w:tr>\(cell("South"))<w:tc>\(DOCXFixture.p("two"))\(DOCXFixture.p("lines"))</w:tc><w:tc>\(inner)<w:p/></w:tc></w:tr>
      </w:tbl><w:tbl><w:tr>\(cell("Only a frame"))</w:tr></w:tbl>
      """
    #expect(
      try parse(DOCXFixture(body)).outline == [
        "t Region | Q1 | Q2\nNorth | 1 | 2\nNorth | wide\nSouth | two lines | x, y; z",
        "p Only a frame",
      ])
  }

  @Test func `names of columns over several rows are one`() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(DOCXFixture.p(text))</w:tc>"
    }
    let body = """
      <w:tbl><w:tr>\(cell("Bed", "<w:vMerge w:val=\"restart\"/>"))\(cell("Harvest", "<w:gridSpan w:val=\"2\"/>"))</w:tr>
      <w:tr>\(cell("", "<w:vMerge/>"))\(cell("Spring"))\(cell("Autumn"))</w:tr>
      <w:tr>\(cell("Leek"))\(cell("12"))\(cell("20"))</w:tr></w:tbl>
      """
    #expect(
      try parse(DOCXFixture(body)).outline == ["t Bed | Harvest Spring | Harvest Autumn\nLeek | 12 | 20"])
  }

  @Test func `a title over a whole table stands before it, and wide cells keep their columns`() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(DOCXFixture.p(text))</w:tc>"
    }
    let body = """
      <w:tbl><w:tr>\(cell("Harvest", "<w:gridSpan w:val=\"3\"/>"))</w:tr>
      <w:tr>\(cell("Bed"))\(cell("Spring"))\(cell("Autumn"))</w:tr>
      <w:tr>\(cell("Leek", "<w:vMerge w:val=\"restart\"/>"))\(cell("12"))\(cell("20"))</w:tr>
      <w:tr>\(cell("", "<w:vMerge/>"))\(cell("none", "<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>"))</w:tr>
      <w:tr>\(cell("Kale"))\(cell("", "<w:gridSpan w:val=\"2\"/><w:vMerge/>"))</w:tr>
      <w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>\(cell("7"))</w:tr>
      <w:tr>\(cell("", "<w:vMerge/>"))\(cell("of no cell", "<w:vMerge/>"))</w:tr></w:tbl>
      """
    #expect(
      try parse(DOCXFixture(body)).outline == [
        "p Harvest",
        "t Bed | Spring | Autumn\nLeek | 12 | 20\nLeek | none\nKale | none\n |  | 7\n | of no cell",
      ])
  }

  @Test func `a chart is a table of its numbers, once`() throws {
    func zip(_ chart: String) -> ZipFixture {
      let drawing =
        "<w:p>\(DOCXFixture.r("Sown:"))<w:r><w:drawing><c:chart xmlns:c=\"urn:c\" xmlns:r=\"urn:r\" r:id=\"rId7\"/></w:drawing></w:r></w:p>"
      var zip = DOCXFixture(drawing + drawing).zip
      let links =
        "<Relationships><Relationship Id=\"rId7\" Type=\"http://x/chart\" Target=\"charts/chart1.xml\"/></Relationships>"
      zip.add("word/_rels/document.xml.rels", Array(links.utf8))
      zip.add("word/charts/chart1.xml", Array(chart.utf8))
      return zip
    }
    let points = "<c:pt idx=\"0\"><c:v>12</c:v></c:pt><c:pt idx=\"1\"><c:v>9</c:v></c:pt>"
    let chart =
      "<c:chartSpace xmlns:c=\"urn:c\"><c:chart><c:plotArea><c:pieChart><c:ser><c:val>\(points)</c:val></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>"
    #expect(
      try DOCXParser().parse(zip(chart).bytes, name: "").outline == [
        "p Sown:", "t | 1\n1 | 12\n2 | 9", "p Sown:",
      ])
    let damaged = try DOCXParser().parse(zip("<c:chart").bytes, name: "")
    #expect(damaged.outline == ["p Sown:", "p Sown:"] && damaged.missing == ["1 damaged chart left out"])
  }

  @Test func `heads, feet and comments are left out, and changes are as they were accepted`() throws {
    let moved =
      "<w:moveFrom>\(DOCXFixture.p("Moved."))</w:moveFrom><w:moveTo>\(DOCXFixture.p("Moved."))</w:moveTo>"
    let row =
      "<w:tr><w:trPr><w:ins/></w:trPr><w:tc>\(DOCXFixture.p("a"))</w:tc><w:tc>\(DOCXFixture.p("b"))</w:tc></w:tr>"
    let body = """
      <w:ins>\(DOCXFixture.p("Whole."))</w:ins><w:del>\(DOCXFixture.p("Gone."))</w:del>\(moved)<w:tbl>\(row)</w:tbl>
      <w:p><w:commentRangeStart w:id="1"/>\(DOCXFixture.r("Said"))<w:commentRangeEnd w:id="1"/>
      <w:r><w:commentReference w:id="1"/></w:r><w:ins>\(DOCXFixture.r(" and done"))</w:ins>
      <w:del><w:ins><w:r><w:delText>undone</w:delText></w:r></w:ins></w:del>\(DOCXFixture.r("."))</w:p>
      """
    var zip = DOCXFixture(body).zip
    for (part, element) in [("header1", "hdr"), ("footer1", "ftr"), ("comments", "comments")] {
      let text = "<w:\(element) xmlns:w=\"w\"><w:p><w:r><w:t>In the margin</w:t></w:r></w:p></w:\(element)>"
      zip.add("word/\(part).xml", Array(text.utf8))
    }
    #expect(
      try DOCXParser().parse(zip.bytes, name: "").outline == [
        "p Whole.", "p Moved.", "t a | b", "p Said and done.",
      ]
    )
  }

  private func bold(_ text: String, size: Int? = nil) -> String {
    let size = size.map { "<w:sz w:val=\"\($0)\"/>" } ?? ""
    return "<w:p><w:r><w:rPr><w:b/>\(size)</w:rPr><w:t>\(text)</w:t></w:r></w:p>"
  }

  @Test func `bold lines are headings where no style makes any`() throws {
    let text = DOCXFixture.p("Some words.")
    let document = try parse(
      DOCXFixture(
        bold("The garden", size: 32) + bold("Beds") + text + bold("Tools") + text + bold("The end.") + text))
    #expect(
      document.outline == [
        "h1 The garden", "h2 Beds", "p Some words.", "h2 Tools", "p Some words.", "p The end.",
        "p Some words.",
      ])
    #expect(document.title == "The garden")
    #expect(try parse(DOCXFixture(bold("Alone") + text)).outline == ["p Alone", "p Some words."])
    let styled = DOCXFixture.p("Part", style: "berschrift2") + bold("Label") + text + bold("Other") + text
    #expect(
      try parse(DOCXFixture(styled)).outline == [
        "h2 Part", "p Label", "p Some words.", "p Other", "p Some words.",
      ])
  }

  @Test func `boxes to tick are items of a list`() throws {
    let body = DOCXFixture.p("☒ Water the beds") + DOCXFixture.p("☐ Lock the shed") + DOCXFixture.p("☐")
    #expect(
      try parse(DOCXFixture(body)).outline == ["li - [x] Water the beds", "li - [ ] Lock the shed", "p ☐"])
  }

  @Test func `clauses that are numbered as sections are paragraphs`() throws {
    var fixture = DOCXFixture(
      DOCXFixture.item("Rent", list: 1) + DOCXFixture.item("It is due on Monday.", list: 1, level: 1)
        + DOCXFixture.item("Late payment costs interest.", list: 1, level: 2))
    let levels = ["%1.", "%1.%2", "%1.%2.%3"].enumerated().map {
      "<w:lvl w:ilvl=\"\($0.offset)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"\($0.element)\"/></w:lvl>"
    }
    fixture.numbering =
      "<w:abstractNum w:abstractNumId=\"0\">\(levels.joined())</w:abstractNum>"
      + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    #expect(
      try parse(fixture).outline == [
        "p 1. Rent", "p 1.1 It is due on Monday.", "p 1.1.1 Late payment costs interest.",
      ])
  }

  @Test func `footnotes follow their paragraph and endnotes the text`() throws {
    var fixture = DOCXFixture(
      "<w:p>\(DOCXFixture.r("Claim"))<w:r><w:endnoteReference w:id=\"2\"/></w:r>"
        + "<w:r><w:footnoteReference w:id=\"5\"/></w:r>\(DOCXFixture.r("."))</w:p>" + DOCXFixture.p("Next."))
    let separator = "<w:footnote w:type=\"separator\" w:id=\"-1\">\(DOCXFixture.p("---"))</w:footnote>"
    fixture.footnotes = separator + "<w:footnote w:id=\"5\">\(DOCXFixture.p("See there."))</w:footnote>"
    fixture.endnotes = "<w:endnote w:id=\"2\">\(DOCXFixture.p("At last."))</w:endnote>"
    #expect(try parse(fixture).outline == ["p Claim.", "p See there.", "p Next.", "p At last."])
  }

  @Test func `a note that refers to itself ends`() throws {
    let note = "<w:p>\(DOCXFixture.r("Again"))<w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>"
    var fixture = DOCXFixture(note)
    fixture.footnotes = "<w:footnote w:id=\"1\">\(note)</w:footnote>"
    #expect(try parse(fixture).outline == ["p Again", "p Again"])
  }

  @Test func `a chain of notes takes no stack`() throws {
    func note(_ number: Int) -> String {
      "<w:p>\(DOCXFixture.r("Note \(number)"))<w:r><w:footnoteReference w:id=\"\(number + 1)\"/></w:r></w:p>"
    }
    var fixture = DOCXFixture(note(0))
    fixture.footnotes = (1...20_000).map { "<w:footnote w:id=\"\($0)\">\(note($0))</w:footnote>" }.joined()
    let outline = try parse(fixture).outline
    #expect(outline.count == 20_001 && outline.last == "p Note 20000")
  }

  @Test func `a small document does not become a large text`() throws {
    let long = String(repeating: "word ", count: 20_000)
    func row(_ merge: String, _ text: String) -> String {
      "<w:tr><w:tc><w:tcPr>\(merge)</w:tcPr>\(DOCXFixture.p(text))</w:tc><w:tc>\(DOCXFixture.p("x"))</w:tc></w:tr>"
    }
    let rows = String(repeating: row("<w:vMerge/>", ""), count: 2000)
    var fixture = DOCXFixture(
      "<w:tbl>\(row("<w:vMerge w:val=\"restart\"/>", long))\(rows)</w:tbl>"
        + String(repeating: DOCXFixture.item("x", list: 1), count: 2000))
    fixture.numbering = """
      <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>\
      <w:lvlText w:val="\(long)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
      """
    #expect(try parse(fixture).text.utf8.count < 1_000_000)
  }

  @Test func `styles that are based on each other in thousands take time by their number`() throws {
    func seconds(_ count: Int) throws -> Double {
      var fixture = DOCXFixture(String(repeating: DOCXFixture.p("x", style: "s\(count)"), count: count))
      fixture.styles = (1...count).map {
        "<w:style w:styleId=\"s\($0)\"><w:name w:val=\"n\"/><w:basedOn w:val=\"s\($0 - 1)\"/></w:style>"
      }.joined()
      let start = ContinuousClock.now
      #expect(try parse(fixture).blocks.count == count)
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let short = try seconds(250)
    #expect(try seconds(2000) < 24 * short + 0.5, "8 times as many, after \(short) s")
  }

  @Test func `the title is the one shown, else the one among the properties, else the first heading`() throws
  {
    var fixture = DOCXFixture(DOCXFixture.p("Chapter", style: "berschrift1"))
    #expect(try parse(fixture).title == "Chapter")
    fixture.title = "Properties"
    #expect(try parse(fixture).title == "Properties")
    fixture.body = DOCXFixture.p("Shown", style: "Titel") + fixture.body
    #expect(try parse(fixture).title == "Shown")
  }

  @Test func `a bookmark is the anchor of its paragraph`() throws {
    let body = """
      <w:bookmarkStart w:id="1" w:name="before"/>\(DOCXFixture.p("One"))
      <w:p><w:bookmarkStart w:id="2" w:name="_GoBack"/><w:bookmarkStart w:id="3" w:name="inside"/>\
      \(DOCXFixture.r("Two"))</w:p>\(DOCXFixture.p("Three"))
      """
    #expect(try parse(DOCXFixture(body)).outline == ["p One #before", "p Two #inside", "p Three"])
  }

  @Test func `missing and broken parts are named`() throws {
    let empty = ZipFixture(["_rels/.rels": "<Relationships/>"]).bytes
    let missing = DocumentError.thrown { _ = try DOCXParser().parse(empty, name: "") }
    #expect(missing?.code == .damaged)
    #expect(missing?.description.hasPrefix("'word/document.xml', its text, is missing") == true)
    let broken = DocumentError.thrown { _ = try parse(DOCXFixture("<w:p><w:r>")) }
    #expect(broken?.code == .damaged)
    #expect(broken?.description.hasPrefix("'word/document.xml' inside it cannot be parsed: line 1: ") == true)
  }

  @Test func `entities are not expanded and deep nesting is refused`() throws {
    let bomb = """
      <?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]>
      <w:document xmlns:w="w"><w:body><w:p><w:r><w:t>safe&a;&b;</w:t></w:r></w:p></w:body></w:document>
      """
    let zip = ZipFixture(["word/document.xml": bomb]).bytes
    #expect(try DOCXParser().parse(zip, name: "").outline == ["p safe"])
    let deep = String(repeating: "<w:sdt><w:sdtContent>", count: 5000)
    #expect(DocumentError.thrown { _ = try parse(DOCXFixture(deep)) }?.code == .damaged)
  }

  @Test func `damage never traps`() {
    var random = DocumentFuzzer(seed: 3)
    let bytes = DOCXFixture(Self.drawing + DOCXFixture.item("a", list: 1)).zip.bytes
    for _ in 0..<150 {
      do { _ = try DOCXParser().parse(random.altered(bytes), name: "") } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }
}
