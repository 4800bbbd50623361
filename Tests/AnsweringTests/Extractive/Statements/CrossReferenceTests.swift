import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Entries that only name another entry.
@Suite struct CrossReferenceTests {
  private func statement(_ text: String) throws -> Statement {
    return try #require(Statement.statements(of: .note(text), at: 0).first)
  }

  @Test(arguments: [
    ("GIL\nSee global interpreter lock.", "GIL", "global interpreter lock"),
    ("Ledger: see account book", "ledger", "account book"),
    ("Optimizer\nSee Query planner.", "optimizer", "Query planner"),
  ])
  func `an entry that names another is a reference`(text: String, name: String, target: String) throws {
    let statement = try statement(text)
    let reference = try #require(CrossReference(statement))
    #expect(reference.target == target && reference.names.contains(Words.of(name).map(Words.stem)))
    #expect(Definition(statement) == nil)
  }

  @Test(arguments: [
    "GIL\nA lock that lets one thread run.", "GIL\nSee also global interpreter lock.",
    "See global interpreter lock.",
    "Optimizer\nSee the chapter on plans, which explains at length how a plan is chosen.",
  ])
  func `others are not`(text: String) throws {
    #expect(CrossReference(try statement(text)) == nil)
  }

  private func answer(_ question: String, glossary: String) async throws -> Answer {
    let entries = (1...60).map {
      "Berth \($0)\nA place where boat \($0) is tied up at night, near the MBL."
    }
    return try await Answerer.answer(
      question,
      over: [
        "glossary.txt": "Glossary\n\n" + glossary + "\n\n" + entries.joined(separator: "\n\n"),
        "light.txt": "The main breakwater light shows the way in to ships. It is seen from afar.",
      ])
  }

  @Test func `what stands under another name is looked up there`() async throws {
    let answer = try await answer("What is the MBL?", glossary: "MBL\nSee main breakwater light.")
    #expect(answer.rewrittenQuestion == "What is main breakwater light?")
    #expect(answer.answer.hasPrefix("The main breakwater light shows the way"), "\(answer.answer)")
    #expect(!answer.answer.contains("See main"))
  }

  @Test func `what is explained under its own name is not`() async throws {
    let answer = try await answer(
      "What is the MBL?",
      glossary: "MBL\nSee main breakwater light.\n\nMBL\nThe light at the end of the mole.")
    #expect(answer.rewrittenQuestion == nil)
    #expect(answer.answer.contains("The light at the end of the mole"), "\(answer.answer)")
  }
}
