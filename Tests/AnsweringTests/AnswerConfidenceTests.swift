import FoundationEssentials
import Models
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct AnswerConfidenceTests {
  private static let citation = Citation(
    number: 1,
    passage: Passage(
      chunk: 1, documentID: 1, document: "leg.md", source: "/leg.md", collection: "default", headingPath: [],
      start: 0,
      end: 4, text: "Knee", ordinal: 0, score: 1), range: 0..<4, quote: "Knee")
  private static let tool = ToolUse(name: "add_task", arguments: [:], result: [:], answers: true)
  private static let failed = ToolUse(
    name: "add_task", arguments: [:], result: ["error": "No."], answers: true)

  private struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var confidence = 0.39
    var answered = true
    var cites = true
    var tools: [ToolUse]?
    var change: @Sendable (inout Answer) -> Void = { _ in }
    var isLow: Bool
  }

  private static let cases = [
    Case(testDescription: "just below", isLow: true),
    Case(testDescription: "at the limit", confidence: Answer.lowConfidence, isLow: false),
    Case(testDescription: "sure", confidence: 0.9, isLow: false),
    Case(testDescription: "a refusal", confidence: 0.1, answered: false, cites: false, isLow: false),
    Case(testDescription: "what a tool did", cites: false, tools: [tool], isLow: false),
    Case(testDescription: "with sources beside what a tool did", tools: [tool], isLow: true),
    Case(testDescription: "a tool that failed", cites: false, tools: [failed], isLow: true),
    Case(testDescription: "stopped", confidence: 0, change: { $0.isStopped = true }, isLow: false),
    Case(testDescription: "a courtesy", confidence: 0, change: { $0.isCourtesy = true }, isLow: false),
  ]

  @Test(arguments: cases)
  private func `an answer is unsure where its confidence says so`(test: Case) throws {
    var answer = Answer(
      question: "Knee?", answer: "Knee. [1]", answered: test.answered, confidence: test.confidence,
      citations: test.cites ? [Self.citation] : [])
    answer.toolUses = test.tools
    test.change(&answer)
    #expect(answer.hasLowConfidence == test.isLow)
    let json = try JSONValue(parsing: JSONEncoder().encode(answer))
    #expect(json["low_confidence"] == .bool(test.isLow))
  }
}
