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

  @Test func `a sentence that no source supports is marked behind its footnote`() {
    let sink = MemorySink()
    var answer = Answer(
      question: "What is it?", answer: "Größe counts. [1] It costs 500. [2]", answered: true, confidence: 0.9,
      citations: [])
    answer.sentences = [
      GroundedSentence(start: 0, end: 17, support: 0.9, isSupported: true),
      GroundedSentence(start: 18, end: 35, support: 0.1, isSupported: false),
    ]
    let text = AnswerText(Output(results: sink, messages: sink))
    #expect(text.text(of: answer) == "Größe counts. [1] It costs 500. [2] (no source supports this)\n")
    answer.sentences?[0].isSupported = false
    #expect(text.text(of: answer).hasPrefix("Größe counts. [1] (no source supports this) It costs"))
  }
}
