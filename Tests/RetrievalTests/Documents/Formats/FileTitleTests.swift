import Testing

@testable import Retrieval

/// What the name of a file says that a document is.
@Suite struct FileTitleTests {
  @Test(arguments: [
    ("sales/Price_list 2026.xlsx", "Price list 2026"), ("Kundenliste.csv", "Kundenliste"), ("a.csv", nil),
    ("data.csv", nil), ("Book1.xlsx", nil), ("1706.03762v5.docx", nil), ("20260114_0007.csv", nil),
    ("tools.csv.gz", "tools"), ("Plan B.2.docx", "Plan B.2"), ("Garden plan B.2.docx", "Garden plan B.2"),
  ])
  func `names that people give are titles`(name: String, title: String?) {
    #expect(FileName.title(name) == title)
  }

  @Test func `a table without a title has its file's name`() throws {
    let table = Array("Crop,Price\nLeek,2\n".utf8)
    #expect(try DocumentReader().parse(table, name: "shop/Vegetable prices.csv").title == "Vegetable prices")
    #expect(try DocumentReader().parse(table, name: "x.csv").title == nil)
    #expect(try DocumentReader().parse(Array("Some words.".utf8), name: "Garden notes.txt").title == nil)
  }
}
