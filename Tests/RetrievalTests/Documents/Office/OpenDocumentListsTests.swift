import Testing

@testable import Retrieval

@Suite struct OpenDocumentListsTests {
  private static let namespaces =
    ["office", "text", "style"].map { "xmlns:\($0)=\"urn:\($0)\"" }.joined(separator: " ")

  /// The outline of a text.
  ///
  /// - Parameters:
  ///   - automatic: styles of the text itself.
  ///   - named: those that people have named.
  private func outline(_ body: String, automatic: String = "", named: String = "") throws -> [String] {
    let content =
      "<office:document-content \(Self.namespaces)><office:automatic-styles>\(automatic)</office:automatic-styles><office:body><office:text>\(body)</office:text></office:body></office:document-content>"
    let styles =
      "<office:document-styles \(Self.namespaces)><office:styles>\(named)</office:styles><office:master-styles><style:header><text:p>A page's head</text:p></style:header></office:master-styles></office:document-styles>"
    let zip = ZipFixture([
      "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": styles,
    ])
    return try DocumentReader().parse(zip.bytes, name: "a.odt").outline
  }

  private func number(_ level: Int, _ format: String, _ suffix: String = ".", _ more: String = "") -> String {
    "<text:list-level-style-number text:level=\"\(level)\" style:num-format=\"\(format)\" style:num-suffix=\"\(suffix)\" \(more)/>"
  }

  private func bullet(_ level: Int) -> String {
    "<text:list-level-style-bullet text:level=\"\(level)\" text:bullet-char=\"•\"/>"
  }

  private func style(_ name: String, _ levels: String...) -> String {
    "<text:list-style style:name=\"\(name)\">\(levels.joined())</text:list-style>"
  }

  private func list(_ style: String?, _ items: String..., attributes: String = "") -> String {
    let style = style.map { " text:style-name=\"\($0)\"" } ?? ""
    return "<text:list\(style) \(attributes)>\(items.joined())</text:list>"
  }

  private func item(_ words: String?, _ more: String = "", _ attributes: String = "") -> String {
    let paragraph = words.map { "<text:p>\($0)</text:p>" } ?? ""
    return "<text:list-item \(attributes)>\(paragraph)\(more)</text:list-item>"
  }

  @Test func `items have the numbers that readers see`() throws {
    let styles =
      style(
        "L", number(1, "1"), number(2, "a", ")"),
        number(3, "i", "", "style:num-prefix=\"(\" text:display-levels=\"1\""))
      + style("D", bullet(1), number(2, "A"))
    let body =
      list(
        "L", item("Dig", list(nil, item("deep"), item("wide", list(nil, item("very"))))),
        item("Sow", list(nil, item("leek"))))
      + "<text:p>Between</text:p>"
      + list("D", item("Dot", list(nil, item("one"), item("two"))), item("Dot", list(nil, item("one"))))
    #expect(
      try outline(body, automatic: styles) == [
        "li 1. Dig", "li a) deep", "li b) wide", "li (i very", "li 2. Sow", "li a) leek", "p Between",
        "li - Dot",
        "li A. one", "li B. two", "li - Dot", "li A. one",
      ])
  }

  @Test func `lists go on where they say so`() throws {
    let styles = style("L", number(1, "1"), number(2, "1", ".", "text:start-value=\"5\""))
    let body =
      list("L", item("One"), item("Two", list(nil, item("Five"))), attributes: "xml:id=\"first\"")
      + list("L", item("Afresh"), attributes: "xml:id=\"second\"")
      + list("L", item("Two of it"), attributes: "text:continue-numbering=\"true\"")
      + list(
        "L", item(nil, list(nil, item("Six"))), item("Three"), item("Nine", "", "text:start-value=\"9\""),
        "<text:list-header><text:p>No number</text:p></text:list-header>",
        item("Ten", "<text:p>More</text:p>"),
        attributes: "text:continue-list=\"first\"")
    #expect(
      try outline(body, automatic: styles) == [
        "li 1. One", "li 2. Two", "li 5. Five", "li 1. Afresh", "li 2. Two of it", "li 6. Six", "li 3. Three",
        "li 9. Nine", "p No number", "li 10. Ten", "p More",
      ])
  }

  @Test func `levels in one number are clauses, and levels without numbers paragraphs`() throws {
    let styles =
      style("C", number(1, "1"), number(2, "1", "", "text:display-levels=\"2\""))
      + style("N", number(1, "", "")) + style("X", number(1, "1"))
      + "<style:style style:name=\"P1\" style:list-style-name=\"X\"/>"
    let body =
      list("C", item("Rent", list(nil, item("It is due."))), item("Term", list(nil, item("A year."))))
      + list("N", item("Plain"))
      + list(nil, item(nil, "<text:p text:style-name=\"P1\">By its paragraph</text:p>"))
      + list("Unknown", item("Dot"))
    #expect(
      try outline(body, automatic: styles) == [
        "p 1. Rent", "p 1.1 It is due.", "p 2. Term", "p 2.1 A year.", "p Plain", "li 1. By its paragraph",
        "li - Dot",
      ])
  }

  @Test func `headings carry the numbers of their outline or their list`() throws {
    func level(_ number: Int, _ format: String) -> String {
      "<text:outline-level-style text:level=\"\(number)\" style:num-format=\"\(format)\" text:display-levels=\"\(number)\"/>"
    }
    func heading(_ level: Int, _ words: String, _ more: String = "") -> String {
      "<text:h text:outline-level=\"\(level)\" \(more)>\(words)</text:h>"
    }
    let named =
      "<text:outline-style style:name=\"Outline\">\(level(1, "1"))\(level(2, "1"))\(level(3, ""))</text:outline-style>"
      + style("W", number(1, "A"))
    let body =
      heading(1, "Beds") + heading(2, "North") + heading(2, "Not counted", "text:is-list-header=\"true\"")
      + heading(2, "South") + heading(3, "Corner") + heading(1, "Tools")
      + list("W", item(nil, heading(1, "Annex")), item(nil, heading(1, "Index")))
    #expect(
      try outline(body, named: named) == [
        "h1 1 Beds", "h2 1.1 North", "h2 Not counted", "h2 1.2 South", "h3 Corner", "h1 2 Tools",
        "h1 A. Annex",
        "h1 B. Index",
      ])
    #expect(try outline(body).first == "h1 Beds")
  }

  @Test func `numbers at the limit of integers are read on`() throws {
    let styles = style(
      "L", number(1, "1", ".", "text:start-value=\"9223372036854775807\" text:display-levels=\"-9\""))
    #expect(
      try outline(list("L", item("a"), item("b")), automatic: styles) == [
        "li 9223372036854775807. a", "li -9223372036854775808. b",
      ])
  }
}
