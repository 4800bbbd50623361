import Testing

@testable import Retrieval

@Suite struct DelimitedParserTests {
  @Test(arguments: [
    ("a.csv", "city,mayor\r\nBasel,\"Cramer, C.\"\r\n", ["t city | mayor\nBasel | Cramer, C."]),
    ("a.csv", "Ort;Preis\nUlm;1,5\nBonn;2,5\n", ["t Ort | Preis\nUlm | 1,5\nBonn | 2,5"]),
    ("a.csv", "a,b,c\n1,,3\n4,,6", ["t a | b | c\n1 |  | 3\n4 |  | 6"]),
    ("a.csv", "a,,c\n1,,3", ["t a | c\n1 | 3"]),
    ("a.csv", "say,\"\"\"yes\"\"\nor no\"\nx,y", ["t say | \"yes\" or no\nx | y"]),
    ("a.tsv", "a,b\tc\nd\te", ["t a,b | c\nd | e"]),
    ("a.csv", "A title\n\na,b\n1,2\n", ["p A title", "t a | b\n1 | 2"]),
    ("a.csv", "\"open,1\n2,3", ["p open,1 2,3"]),
  ])
  func `tables in text become tables`(name: String, text: String, expected: [String]) throws {
    #expect(try DocumentReader().parse(Array(text.utf8), name: name).outline == expected)
  }

  @Test func `a table without any text is empty`() {
    #expect(
      DocumentError.thrown { _ = try DocumentReader().parse(Array(",,\n,\n".utf8), name: "a.csv") }?.code
        == .empty)
  }
}
