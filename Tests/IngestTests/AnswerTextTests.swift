import Answering
import Commands
import TestSupport
import Testing

@testable import Ingest

/// An answer on a terminal.
@Suite struct AnswerTextTests {
  @Test func `what readers should know stands below the answer, in lines that fit`() {
    let sink = MemorySink()
    let text = AnswerText(Output(results: sink, messages: sink))
    var answer = Answer(
      question: "Wer gewann?", answer: "The documents do not answer this question.", answered: false,
      confidence: 0.1, citations: [])
    #expect(text.text(of: answer) == "The documents do not answer this question.\n")
    answer.hint =
      "The passages found are in another language than the question. " + String(repeating: "Ask. ", count: 20)
    let lines = text.text(of: answer).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[1].isEmpty && lines[2].hasPrefix("The passages found are in another language than the question."))
    #expect(lines.count >= 5 && lines.allSatisfy { $0.count <= 100 })
    answer.answered = true
    #expect(text.text(of: answer).contains("\n\n\(Answer.caution)\nThe passages found"))
  }
}
