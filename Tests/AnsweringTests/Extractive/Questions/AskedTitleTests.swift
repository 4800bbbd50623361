import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Lists of questions and their answers.
@Suite struct AskedTitleTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  @Test(arguments: [
    ("How do I remove duplicates from a list?", "How do you remove duplicates from a list?"),
    ("How to remove duplicates from lists", "3.2 How can duplicates be removed from a list?"),
    ("How do I join a crew?", "How to join a crew"), ("join crew", "How do I join a crew?"),
    ("Can I bring a dog?", "Q: Can I bring my dog?"), ("Why is there no goto?", "Why is there no goto?"),
  ])
  func `a title asks the same`(question: String, title: String) {
    #expect(AskedTitle(question).matches(title))
  }

  @Test(arguments: [
    ("How do I remove duplicates from a list?", "Why remove duplicates from a list?"),
    ("How do I remove duplicates from a list?", "How do I remove items from a list?"),
    ("How do I bring a dog?", "Can I bring a dog?"), ("Can I bring a dog?", "Bring a dog"),
    ("Can I bring a dog?", "Can I bring a dog on the ferry to Norway?"), ("", "Why?"), ("How?", "Why?"),
  ])
  func `a title asks something else`(question: String, title: String) {
    #expect(!AskedTitle(question).matches(title))
  }

  /// Without what a search found out; `denseScore` is that of strangers.
  private func answer(_ question: String, _ passages: [Passage]) async throws -> Answer {
    try await answerer.judge(
      ReadQuestion(question), from: passages, statistics: nil, focus: nil,
      openings: TitledOpenings(ReadQuestion(question))
    ).answer
  }

  @Test func `what stands below the question leads, and is not refused`() async throws {
    let list = """
      ## Can I bring a dog?

      Yes, on a leash. It stays below deck.

      ## Can I bring a bicycle?

      Only when the dog deck is empty. A dog that can bring you a bicycle is rare.
      """
    let dog = try await answer("Can I bring my dog?", [.note(list, near: 0.2)])
    #expect(dog.answer.hasPrefix("Yes, on a leash. [1]") && dog.confidence >= 0.7, "\(dog.answer)")
    let bicycle = try await answer("Can I bring a bicycle?", [.note(list, near: 0.2)])
    #expect(bicycle.answer.hasPrefix("Only when the dog deck is empty. [1]"), "\(bicycle.answer)")
  }

  @Test func `questions in running text head their answers`() async throws {
    let text = """
      Q: Are bicycles allowed?
      A: They are, in the front car.

      Q: Are bicycles allowed on Sundays?
      A: Never on Sundays.
      """
    let answer = try await answer("Are bicycles allowed on Sundays?", [.note(text, near: 0.2)])
    #expect(answer.answer.contains("Never on Sundays"), "\(answer.answer)")
  }

  @Test func `a heading of another passage is no answer`() async throws {
    let passages = [
      Passage.note("Dogs bark at night.", headings: ["Can I sleep on deck?"], near: 0.2),
      Passage.note("Yes, below deck.", chunk: 2, headings: ["Can I bring a dog?"], near: 0.2),
    ]
    let answer = try await answer("Can I bring a dog?", passages)
    #expect(answer.citations.first?.quote == "Yes, below deck.", "\(answer.answer)")
  }
}
