import Testing

@testable import Answering
@testable import Retrieval

/// Questions to the sample book that ask how or why.
@Suite(SampleBook.condition) struct ExplanationBookTests {
  @Test func `how a robot keeps its balance is answered by sentences and not by a row`() async throws {
    let answer = try await SampleBook.answerer().answer(
      AnswerRequest("How does a robot keep its balance?"))
    #expect(answer.answered && !answer.answer.contains("|"), "\(answer.answer)")
    #expect(answer.citations.first?.document.contains("balance") == true, "\(answer.answer)")
  }

  @Test func `why something is varied is answered with the reason`() async throws {
    let answer = try await SampleBook.answerer().answer(
      AnswerRequest("Why vary friction and mass during training in a simulator?"))
    #expect(
      answer.citations.first?.quote.contains("so that the real world appears") == true, "\(answer.answer)")
  }
}
