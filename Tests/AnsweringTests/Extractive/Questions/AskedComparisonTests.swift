import Retrieval
import TestSupport
import Testing

@testable import Answering

/// Questions for the difference between two things.
@Suite struct AskedComparisonTests {
  @Test(arguments: [
    ("What is the difference between a view and a materialized view?", "view", "materialized view"),
    ("json vs. jsonb", "json", "jsonb"), ("How does a pull differ from a fetch?", "pull", "fetch"),
    ("How is VACUUM FULL different from VACUUM?", "vacuum full", "vacuum"),
    ("Explain the differences between the list and the tuple.", "list", "tuple"),
    ("Should I use TRUNCATE or DELETE to empty a table?", "truncate", "delete"),
    ("which is faster, a list or a tuple", "list", "tuple"),
    ("Is it better to choose the red rope or the blue rope for a long climb?", "red rope", "blue rope"),
  ])
  func `both sides are found`(question: String, left: String, right: String) throws {
    let comparison = try #require(AskedComparison(Words.of(question)))
    #expect(comparison.sides.map { $0.names[0].joined(separator: " ") } == [left, right])
  }

  @Test(arguments: [
    "What lies between the hips and the knees?", "How do I get from A to B?", "What is a view?",
    "How does it differ?", "What is the difference?", "Should I stay or go?", "Which is better?",
    "How do I use what I have bought or made to build a good boat or raft?",
  ])
  func `other questions have none`(question: String) {
    #expect(AskedComparison(Words.of(question)) == nil)
  }

  private func degree(_ text: String) throws -> Double {
    let comparison = try #require(
      AskedComparison(Words.of("What is the difference between a heron and a crane?")))
    let statement = try #require(Statement.statements(of: .note(text), at: 0).first)
    return comparison.degree(of: ReadStatement(statement))
  }

  @Test func `what sets both against each other counts most`() throws {
    #expect(try degree("A heron flies with a bent neck, whereas a crane stretches it.") == 1)
    #expect(try degree("A heron is a bird of rivers.") == 0.6)
    #expect(try degree("Crane: a bird that dances.") == 0.6)
    #expect(try degree("You may see the heron beside the crane.") == 0.3)
    #expect(try degree("The stork is another bird.") == 0)
  }

  @Test func `where nothing tells them apart both are explained`() async throws {
    let documents = [
      "pull.md":
        "# pull\n\n```\nkeel pull DOCK\n```\n\nBrings the boat in and ties it up at once.\n\nA keel pull may fail.",
      "fetch.md":
        "# fetch\n\n```\nkeel fetch DOCK\n```\n\nOnly brings the boat to the mouth of the harbour.\n\nA keel fetch is slow.",
      "notes.md": "# Notes\n\nAfter a keel pull nobody is wet. Whoever is asked for a keel fetch asks back.",
    ]
    for question in ["What is the difference between keel pull and keel fetch?", "keel pull vs keel fetch"] {
      let reply = try await Answerer.answer(question, over: documents)
      #expect(
        reply.answer.contains("ties it up at once") && reply.answer.contains("to the mouth of the harbour"),
        "\(reply.answer)")
    }
  }

  @Test func `the answer tells them apart`() async throws {
    let text = """
      There is no difference between watching birds and counting birds. Cranes are not to be seen here. A heron
      flies with a bent neck, while a crane stretches it. A heron stood there yesterday.
      """
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel())
    let reply = try await answerer.answer(
      "What is the difference between a heron and a crane?", from: [.note(text)])
    #expect(reply.answer.contains("flies with a bent neck"), "\(reply.answer)")
    #expect(reply.answer.hasPrefix("A heron"), "\(reply.answer)")
  }
}
