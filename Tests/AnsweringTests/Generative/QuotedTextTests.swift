import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What messages quote, and what only looks like it.
@Suite struct QuotedTextTests {
  private func statements(_ text: String) -> [String] {
    Statement.statements(of: .note(text), at: 0).map(\.text)
  }

  @Test(arguments: [
    "> The pump restarts every hour.\n> Does anybody know why?",
    "On Mon, 3 Mar 2025, Ann wrote:\n> The pump restarts every hour.\n>\n> It is loud.",
    "> > Really?\n> Yes.",
  ])
  func `the words of another are no statements of the one who answers`(quotation: String) {
    #expect(statements("\(quotation)\n\nThat is a bug.") == ["That is a bug."])
    #expect(
      statements("It is known.\n\n\(quotation)\n\nThat is a bug.") == ["It is known.", "That is a bug."])
  }

  @Test func `a passage that begins within a quotation is known by the lines after it`() {
    #expect(
      statements("restarts every hour since the\n> update to 4.1.\n\nThat is a bug.") == ["That is a bug."])
  }

  @Test func `prompts and prose with the sign are statements`() {
    #expect(statements("Type this.\n\n> x = 3;\n> print(x);").count == 2)
    #expect(statements("It holds.\n\nThe voltage is\n> 3 V here.").count == 2)
  }
}
