import Retrieval
import Testing

struct DocumentBuilderTests {
  @Test func `Blocks are trimmed, cleaned and separated`() {
    var builder = DocumentBuilder()
    builder.append(.heading(level: 1), "  Title\u{2003}\n", anchor: "title")
    builder.append(.paragraph, " \u{00A0}\u{3000}\r\n ")
    builder.append(.paragraph, "one\r\ntwo\0")
    builder.append(.listItem, "- a")
    builder.append(.listItem, "- b", indent: 2)
    builder.append(.code, "\n  \n  x\n\n    y \n\n")
    let document = builder.build()
    #expect(document.text == "Title\n\none\ntwo\n\n- a\n  - b\n\n  x\n\n    y\n")
    #expect(document.outline == ["h1 Title #title", "p one\ntwo", "li - a", "li - b", "c   x\n\n    y"])
  }

  @Test func `A combining mark at a block's start does not join the line feed before it`() {
    var builder = DocumentBuilder()
    builder.append(.paragraph, "a")
    builder.append(.paragraph, "\u{301}b")
    let document = builder.build()
    let start = document.text.utf8.index(
      document.text.startIndex, offsetBy: document.blocks[1].range.lowerBound)
    #expect(document.text.indices.contains(start))
  }

  @Test func `A builder without blocks gives an empty text`() {
    #expect(DocumentBuilder().build() == ParsedDocument(text: "", blocks: []))
    #expect(DocumentBuilder().isEmpty)
  }
}
