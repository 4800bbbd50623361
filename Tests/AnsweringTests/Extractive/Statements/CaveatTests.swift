import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Headings that take back what stands below them.
@Suite struct CaveatTests {
  private let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  @Test(arguments: [
    ("Removed", "Removed"), ("### Deprecated APIs", "Deprecated APIs"),
    ("3.2 Known issues", "3.2 Known issues"),
    ("Features removed", "Features removed"), ("Not included", "Not included"), ("Non-goals", "Non-goals"),
    ("What is not covered", "What is not covered"), ("Limitations", "Limitations"), ("Don'ts", "Don'ts"),
    ("Removing a user", nil), ("Restoring removed files", nil), ("Added", nil), ("Support", nil), ("", nil),
    ("What to do when a page was removed from the index", nil),
  ])
  func `they are told from others`(line: String, heading: String?) {
    #expect(Caveat.heading(line) == heading)
  }

  private static let changes =
    "### Removed\n\n- The XML export.\n- Support for PostgreSQL 11.\n\n### Changed\n\n- The page size is 50.\n"

  @Test func `an answer names them`() async throws {
    let removed = try await answerer.answer(
      "Is there support for PostgreSQL 11?", from: [.note(Self.changes)])
    #expect(removed.answer.hasPrefix("Removed: Support for PostgreSQL 11. [1]"), "\(removed.answer)")
    #expect(removed.citations.first?.quote == "Support for PostgreSQL 11.")
    let size = try await answerer.answer("What is the page size?", from: [.note(Self.changes)])
    #expect(size.answer.hasPrefix("The page size is 50. [1]"), "\(size.answer)")
  }

  @Test func `they are named once for statements that follow each other`() throws {
    let statements = Statement.statements(of: .note(Self.changes), at: 0).filter { $0.kind == .item }
    #expect(statements.map(\.caveat) == ["Removed", "Removed", nil])
    let outline = StatementOutline(ReadPassage(.note(Self.changes)).statements.map(\.statement))
    let text = ExtractiveText(statements, of: outline, from: [.note(Self.changes)])
    #expect(
      text.text
        == "- Removed: The XML export. [1]\n- Support for PostgreSQL 11. [2]\n\nThe page size is 50. [3]",
      "\(text.text)")
  }

  @Test func `the last heading above a passage counts as well`() throws {
    var passage = Passage.note("Support for PostgreSQL 11.")
    passage.headingPath = ["3.0.0", "Removed"]
    #expect(Statement.statements(of: passage, at: 0).map(\.caveat) == ["Removed"])
  }

  @Test(arguments: [
    ("Where are the files?", true), ("Where are the files?\"},", true), ("\"Why?\"", true), ("(Why?)", true),
    ("The form asks \"Do you smoke?\"", false), ("They are in the folder.", false), ("", false), ("?", true),
  ])
  func `what asks is told from what says`(text: String, asks: Bool) {
    #expect(AskingText.isQuestion(Array(text.utf8)[...]) == asks)
  }
}
