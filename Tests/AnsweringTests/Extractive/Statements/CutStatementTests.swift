import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Statements that are longer than an answer may be.
@Suite struct CutStatementTests {
  private static let long = (1...100).map { "word\($0)" }.joined(separator: " ")

  private func passage(_ text: String) -> Passage {
    Passage(
      chunk: 1, documentID: 1, document: "d.md", source: "/d.md", collection: "default", title: nil,
      headingPath: [], start: 7, end: 7 + text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
      denseScore: 0.7)
  }

  @Test(arguments: ["Été \(long).", "- \(long)\n- second item", "\(long) ends here."])
  func `they are shown with a sign that the quotation does not have`(text: String) throws {
    let page = passage(text)
    let statements = Statement.statements(of: page, at: 0)
    let cut = try #require(statements.first { $0.isCut })
    #expect(cut.words == StatementReader.wordLimit)
    let shown = ExtractiveText([cut], of: StatementOutline(statements), from: [page])
    #expect(shown.text.hasSuffix(" … [1]") && !shown.text.dropLast(6).contains("…"))
    let cited = try #require(shown.citations.first)
    #expect(!cited.quote.contains("…"))
    let scalars = Array(text.unicodeScalars)
    #expect(scalars[cited.start - 7..<cited.end - 7].elementsEqual(cited.quote.unicodeScalars))
    // What a reader, or a chat model, quotes of it is found in the text.
    var quotations = Quotations(from: [text], removesMarks: false)
    _ = quotations.add("“\(shown.text.dropLast(4))”")
    #expect(quotations.misquoted.isEmpty)
  }

  @Test func `code that goes on says so behind its block`() throws {
    let lines = (1...40).map { "let value\($0) = \($0);" }
    let page = passage("Values are set so:\n\n```\n\(lines.joined(separator: "\n"))\n```\n")
    let statements = Statement.statements(of: page, at: 0)
    let code = try #require(statements.last)
    #expect(code.kind == .code && code.isCut)
    let shown = ExtractiveText([code], of: StatementOutline(statements), from: [page])
    #expect(shown.text.hasSuffix("let value24 = 24;\n```\n\n…"), "\(shown.text)")
  }

  @Test func `what is whole has no sign`() {
    let page = passage("Winches lift loads. They are slow.")
    let statements = Statement.statements(of: page, at: 0)
    #expect(!statements.contains { $0.isCut })
    #expect(!ExtractiveText(statements, of: StatementOutline(statements), from: [page]).text.contains("…"))
  }
}
