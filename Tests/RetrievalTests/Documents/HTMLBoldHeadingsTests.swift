import Retrieval
import Testing

/// Pages that write their headings as paragraphs in bold.
struct HTMLBoldHeadingsTests {
  private func headings(_ page: String) throws -> [(text: String, anchor: String?)] {
    let document = try HTMLParser().parse(Array(page.utf8))
    let utf8 = Array(document.text.utf8)
    return document.blocks.filter { $0.kind == .heading(level: 6) }
      .map { (String(decoding: utf8[$0.range], as: UTF8.self), $0.anchor) }
  }

  @Test func `questions in bold head their answers`() throws {
    let page = """
      <h1>Questions</h1><a name=q1></a><p><b>(1) Why is it <code>slow</code>?</b></p><p>It sleeps.</p>
      <ul><li><p><strong>(2) How long is it</strong></p><p>Two metres.</p></li></ul>
      """
    let found = try headings(page)
    #expect(found.map(\.text) == ["(1) Why is it slow?", "(2) How long is it"])
    #expect(found.map(\.anchor) == ["q1", nil])
  }

  @Test(arguments: [
    "<p><b>Once</b></p><p>Text.</p>", "<p><b>Never do this.</b></p><p><b>Nor that!</b></p>",
    "<p><b>Note</b></p><p>Text.</p><p><b>Warning</b></p><p>Text.</p>",
    "<p><b>Name</b> and text</p><p><b>Name</b><br>text</p>",
    "<table><tr><td><p><b>One</b></p><td><p><b>Two</b></p></table>",
    "<p>One</p><p>Two</p>", "<p><b></b></p><p><b> </b></p>",
  ])
  func `emphasis, labels and cells are none`(page: String) throws {
    #expect(try headings(page).isEmpty)
  }

  @Test func `what is long is none`() throws {
    let words = String(repeating: "word ", count: 30)
    #expect(try headings("<p><b>\(words)</b></p><p><b>\(words)</b></p>").isEmpty)
  }
}
