import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct ClauseReferenceTests {
  @Test(arguments: [
    ("What does clause 4.2 say?", "4.2", ""), ("What is in section 3.1?", "3.1", ""), ("§ 7", "7", ""),
    ("§7a", "7a", ""), ("What does Article IV of the lease say?", "iv", "lease"), ("Annex A", "a", ""),
    ("Summarise section 3 in the rental agreement.", "3", "rental agreement"),
    ("What does clause 7.2(b) say?", "7.2", ""),
  ])
  func `a question asks for a part`(question: String, number: String, context: String) throws {
    let reference = try #require(ClauseReference(question))
    #expect(reference.number == number && reference.context.joined(separator: " ") == context)
  }

  @Test(arguments: [
    "According to clause 5, how much is paid?", "What does clause 4.2 say about the deposit?",
    "Who wrote chapter 3?", "How long is section 2?", "What does clause two say?", "What is version 4.2?",
    "What does section 2024 say?",
  ])
  func `other questions do not`(question: String) {
    #expect(ClauseReference(question) == nil)
  }

  @Test(arguments: [
    ("§ 7", "7. TERMINATION", true), ("Clause 7", "§ 7 Notice", true), ("Clause 7", "7.1 Notice", false),
    ("Clause 7", "Chapter 7", false), ("Chapter 7", "7 Birds", true), ("Article 7", "7 Birds", false),
    ("Article 7", "Article 7 \u{2013} Birds", true), ("Article IV", "ARTICLE IV: RENT", true),
    ("Section 3.1", "Section 3.1: Rent", true), ("Section 3.1", "3.10 Rent", false),
    ("Section 20", "2024", false),
  ])
  func `a heading heads it`(question: String, heading: String, isHead: Bool) throws {
    #expect(try #require(ClauseReference(question)).heads(heading) == isHead)
  }

  private static let contract = """
    4. DEPOSIT
    4.1 The Tenant pays a deposit of GBP 11,550.
    4.2 The deposit is returned within 60 days. No interest is due.

    5. REPAIRS
    5.1 The Tenant bears small repairs. Section 3.1 applies to large ones.
    5.2 Article 9 Notices are none.
    """
  private static let statutes = """
    Article 2 Members

    1. Whoever is twelve may join.
    2. Members pay 90 euros.

    Article 3 Boats

    Boats are lent to members.
    """

  private func answers(_ question: String) async throws -> Answer {
    var documents = ["contract.txt": Self.contract, "statutes.txt": Self.statutes]
    for number in 1...12 {
      documents["n\(number).txt"] = "Say 4.2 clause \(number + 40). What it says is in section 4 of it."
    }
    return try await Answerer.answer(question, over: documents)
  }

  @Test(arguments: [
    ("What does clause 4.2 say?", ["4.2 The deposit is returned within 60 days.", "No interest is due."]),
    (
      "What is in section 5?",
      [
        "5.1 The Tenant bears small repairs.", "Section 3.1 applies to large ones.",
        "5.2 Article 9 Notices are none.",
      ]
    ),
    ("§ 5.2 of the contract", ["5.2 Article 9 Notices are none."]),
    ("What does point 2 of the statutes say?", ["Members pay 90 euros."]),
    ("What does article 3 of the statutes say?", ["Boats are lent to members."]),
  ])
  func `the beginning of the part is the answer`(question: String, quotes: [String]) async throws {
    let answer = try await answers(question)
    #expect(answer.answered && answer.citations.map(\.quote) == quotes, "\(answer.answer)")
    for citation in answer.citations {
      let text = citation.document.hasSuffix("contract.txt") ? Self.contract : Self.statutes
      let stored = try PlainTextParser().parse(Array(text.utf8)).text
      let scalars = Array(stored.unicodeScalars)[citation.start..<citation.end]
      #expect(scalars.elementsEqual(citation.quote.unicodeScalars))
    }
  }

  @Test(arguments: [
    "What does clause 4.9 say?", "§ 99", "What does clause 2 say?",
    "What does article 9 of the statutes say?",
  ])
  func `a part that is nowhere is refused`(question: String) async throws {
    let answer = try await answers(question)
    #expect(!answer.answered, "\(answer.answer)")
  }
}
