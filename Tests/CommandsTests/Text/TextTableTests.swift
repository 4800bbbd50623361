import Testing

@testable import Commands

@Suite struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init("SOURCE", truncation: .middle), .init("TITLE", truncation: .tail), .init("CHUNKS", .trailing),
    ])
    table.add(["docs/chapters/introduction.md", "Introduction", "12"])
    table.add(["docs/漢字.md", "漢字と仮名", "1,204"])
    table.add(["x", "a\nb\u{1B}[31m"])
    return table
  }

  @Test func `columns are aligned, however wide their characters`() {
    #expect(
      table().text(width: nil) == """
        SOURCE                         TITLE         CHUNKS
        docs/chapters/introduction.md  Introduction      12
        docs/漢字.md                   漢字と仮名     1,204
        x                              a b\u{FFFD}[31m

        """)
  }

  @Test func `the widest column that may give way gives way first`() {
    #expect(
      table().text(width: 42) == """
        SOURCE                TITLE         CHUNKS
        docs/ch…roduction.md  Introduction      12
        docs/漢字.md          漢字と仮名     1,204
        x                     a b\u{FFFD}[31m

        """)
    #expect(
      table().text(width: 30) == """
        SOURCE      TITLE       CHUNKS
        doc…ion.md  Introduct…      12
        doc…字.md   漢字と仮名   1,204
        x           a b\u{FFFD}[31m

        """)
  }

  @Test(arguments: 26...60)
  func `a table that can fit does`(width: Int) {
    for line in table().text(width: width).split(separator: "\n") { #expect(line.displayWidth <= width) }
  }

  @Test func `an empty table has its titles`() {
    #expect(TextTable([.init("A"), .init("B")]).text(width: 10) == "A  B\n")
    #expect(TextTable([.init("A")]).isEmpty)
  }
}
