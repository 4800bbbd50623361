import Testing

@testable import Answering
@testable import Retrieval

/// Sources in brackets behind quotations are no statements of their own.
@Suite struct SourceStatementTests {
  @Test func `sources are left out of statements, and quotations stay whole`() {
    let text = """
      "They took over the mills . . . in one week," she writes. [Mills of Spain, p. 100] Then came peace. [1]

      "The mills ran." [Review, no. 18]

      ["Mills and Men", Review, no. 18]
      """
    let statements = StatementReader(.note(text), at: 0).statements
    #expect(
      statements.map(\.text) == [
        "\"They took over the mills . . . in one week,\" she writes.", "Then came peace.",
        "\"The mills ran.\"",
      ])
  }
}
