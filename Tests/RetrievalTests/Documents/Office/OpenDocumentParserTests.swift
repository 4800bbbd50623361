import Testing

@testable import Retrieval

@Suite struct OpenDocumentParserTests {
  private func parse(_ body: String, styles: String = "", meta: String? = nil) throws -> ParsedDocument {
    let namespaces =
      ["office", "text", "table", "draw", "style", "presentation"].map { "xmlns:\($0)=\"urn:\($0)\"" }
      .joined(separator: " ")
    var zip = ZipFixture(["mimetype": "application/vnd.oasis.opendocument.text"])
    zip.add(
      "content.xml",
      Array(
        "<office:document-content \(namespaces)><office:automatic-styles>\(styles)</office:automatic-styles><office:body>\(body)</office:body></office:document-content>"
          .utf8))
    if let meta {
      zip.add(
        "meta.xml",
        Array("<m xmlns:dc=\"urn:dc\"><meta><dc:title>\(meta)</dc:title></meta></m>".utf8))
    }
    return try DocumentReader().parse(zip.bytes, name: "a.odt")
  }

  @Test func `texts keep headings, lists, tables, code, notes and boxes`() throws {
    let body = """
      <office:text>
        <text:tracked-changes><text:changed-region xml:id="c1"><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>
        <text:changed-region xml:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>
        <text:p text:style-name="P1">My  garden</text:p>
        <text:table-of-content><text:p>Rules 1</text:p></text:table-of-content>
        <text:h text:outline-level="2">Rules</text:h>
        <text:p>Water<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>From the
        tank.</text:p></text:note-body></text:note> at<text:s text:c="2"/><text:change-start text:change-id="c2"/>night<text:change-end text:change-id="c2"/><text:change text:change-id="c1"/><office:annotation><text:p>why?</text:p></office:annotation>.<text:line-break/>Never at noon.</text:p>
        <text:list><text:list-item><text:p>Beds</text:p><text:list><text:list-item><text:p>Roses</text:p></text:list-item></text:list></text:list-item></text:list>
        <text:list text:style-name="Numbering_20_1"><text:list-item><text:p>Dig</text:p></text:list-item><text:list-item><text:p>Sow</text:p></text:list-item></text:list>
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Crop</text:p></table:table-cell><table:table-cell><text:p>Sown</text:p></table:table-cell></table:table-row></table:table-header-rows>
        <table:table-row><table:table-cell><text:p>Leek</text:p></table:table-cell><table:table-cell><text:p>in</text:p><text:p>May</text:p></table:table-cell></table:table-row></table:table>
        <text:p text:style-name="Preformatted_20_Text">if<text:s text:c="3"/>x:</text:p>
        <text:p text:style-name="Preformatted_20_Text"><text:s text:c="2"/>y</text:p>
        <text:p>Shown<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>
      </office:text>
      """
    let document = try parse(
      body, styles: "<style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>")
    #expect(document.title == "My garden")
    #expect(document.notes == ["table of contents left out"])
    #expect(
      document.outline == [
        "h1 My garden", "h2 Rules", "p Water at  night.\nNever at noon.", "p From the tank.", "li - Beds",
        "li - Roses", "li 1. Dig", "li 2. Sow", "t Crop | Sown\nLeek | in May", "c if   x:\n  y", "p Shown",
        "p In a box",
      ])
  }

  @Test func `sheets are sections, and repeated emptiness is nothing`() throws {
    func cell(_ text: String, _ attributes: String = "") -> String {
      "<table:table-cell \(attributes)>\(text.isEmpty ? "" : "<text:p>\(text)</text:p>")</table:table-cell>"
    }
    let empty = cell("", "table:number-columns-repeated=\"16384\"")
    let body = """
      <office:spreadsheet>
        <table:table table:name="Costs">
          <table:table-row>\(cell(""))\(cell("Month"))\(cell("EUR"))\(empty)</table:table-row>
          <table:table-row table:number-rows-repeated="2">\(cell(""))\(cell("May"))\(cell("7.50"))</table:table-row>
          <table:table-row table:number-rows-repeated="1048576">\(empty)</table:table-row>
          <table:table-row>\(cell("A note"))</table:table-row>
        </table:table>
        <table:table table:name="Sheet2"/>
      </office:spreadsheet>
      """
    let document = try parse(body, meta: "Household")
    #expect(document.title == "Household")
    #expect(
      document.outline == [
        "h1 Costs", "t Month | EUR\nMay | 7.50\nMay | 7.50", "p A note",
      ])
  }

  @Test func `cells that stand over several rows or columns keep their places`() throws {
    func cell(_ text: String, _ attributes: String = "") -> String {
      "<table:table-cell \(attributes)>\(text.isEmpty ? "" : "<text:p>\(text)</text:p>")</table:table-cell>"
    }
    let covered = "<table:covered-table-cell/>"
    let note = "<office:annotation><text:p>ask Ann</text:p></office:annotation>"
    let body = """
      <office:text><table:table>
        <table:table-row>\(cell("Harvest", "table:number-columns-spanned=\"3\""))\(covered)\(covered)</table:table-row>
        <table:table-row>\(cell("Bed"))\(cell("Crop"))\(cell("Kilos"))</table:table-row>
        <table:table-row>\(cell("North", "table:number-rows-spanned=\"4\""))\(cell("Leek"))
          <table:table-cell>\(note)<text:p>12</text:p></table:table-cell></table:table-row>
        <table:table-row>\(covered)\(cell("Kale"))\(cell("9"))</table:table-row>
        <table:table-row table:number-rows-repeated="1">\(covered)\(cell(""))\(cell(""))</table:table-row>
        <table:table-row>\(covered)\(cell("Beet"))\(cell("3"))</table:table-row>
      </table:table></office:text>
      """
    #expect(
      try parse(body).outline == [
        "p Harvest",
        "t Bed | Crop | Kilos\nNorth | Leek | 12\nNorth | Kale | 9\nNorth | Beet | 3",
      ])
  }

  @Test func `slides are sections on pages of their own, notes last`() throws {
    let slide = """
      <draw:page><presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Say hello</text:p></draw:text-box></draw:frame></presentation:notes>
      <draw:frame presentation:class="outline"><draw:text-box><text:list><text:list-item><text:p>First</text:p></text:list-item></text:list></draw:text-box></draw:frame>
      <draw:frame presentation:class="title"><draw:text-box><text:p>Welcome</text:p></draw:text-box></draw:frame></draw:page>
      """
    let document = try parse("<office:presentation>\(slide)\(slide)</office:presentation>")
    #expect(
      document.outline == [
        "h1 Welcome", "li - First", "p Say hello", "h1 Welcome", "li - First", "p Say hello",
      ])
    #expect(document.blocks.map(\.page) == [1, 1, 1, 2, 2, 2])
    #expect(document.title == "Welcome")
  }

  @Test func `without an outline the first short box of a slide is its title`() throws {
    func box(_ lines: String...) -> String {
      "<draw:frame><draw:text-box>\(lines.map { "<text:p>\($0)</text:p>" }.joined())</draw:text-box></draw:frame>"
    }
    let slides =
      "<draw:page>\(box("Welcome"))\(box("First", "Second"))</draw:page><draw:page>\(box("a", "b"))</draw:page>"
    #expect(
      try parse("<office:presentation>\(slides)</office:presentation>").outline == [
        "h1 Welcome", "p First", "p Second", "p a", "p b",
      ])
  }

  @Test func `passwords and missing parts are named`() throws {
    var zip = ZipFixture(["mimetype": "x", "content.xml": "noise"])
    zip.add("META-INF/manifest.xml", Array("<m><file-entry><encryption-data/></file-entry></m>".utf8))
    #expect(
      DocumentError.thrown { _ = try DocumentReader().parse(zip.bytes, name: "a.odt") }?.code == .encrypted)
    let empty = ZipFixture(["mimetype": "x"]).bytes
    let error = DocumentError.thrown { _ = try DocumentReader().parse(empty, name: "a.odt") }
    #expect(error?.description.hasPrefix("'content.xml', its text, is missing") == true)
  }

  @Test func `what is said to be repeated is written out for some kilobytes`() throws {
    func sheet(_ text: String, _ columns: Int, _ rows: Int) throws -> ParsedDocument {
      try parse(
        """
        <office:spreadsheet><table:table table:name="Sheet1"><table:table-row table:number-rows-repeated="\(rows)">
        <table:table-cell table:number-columns-repeated="\(columns)"><text:p>\(text)</text:p></table:table-cell>
        </table:table-row></table:table></office:spreadsheet>
        """)
    }
    #expect(try sheet("7", 2, 2).outline == ["t 7 | 7\n7 | 7"])
    let long = String(repeating: "word ", count: 2000)
    #expect(try sheet(long, 1_000_000, 1_000_000).text.utf8.count <= long.utf8.count + 10)
    #expect(try sheet("7", 1_000_000_000, 1_000_000_000).text.utf8.count < 100_000)
  }
}
