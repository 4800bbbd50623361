import Testing

@testable import Answering

@Suite struct AnswerMetricsTests {
  private func reply(_ text: String, answered: Bool = true, confidence: Double, gold: [String]) -> JudgedReply
  {
    JudgedReply(
      Answer(question: "q", answer: text, answered: answered, confidence: confidence, citations: []), to: "q",
      gold: gold.map { AnswerTokens($0) })
  }

  @Test func `a reply is right if it contains a gold answer in its words`() {
    let right = reply("It weighs the 45 Kilograms.", confidence: 0.7, gold: ["50 kg", "45 kilograms"])
    #expect(right.contained && right.isAnswerable && right.f1 > 0.6)
    let wrong = reply("It weighs 45 pounds.", confidence: 0.7, gold: ["45 kilograms"])
    #expect(!wrong.contained && wrong.f1 > 0)
    let hopeless = reply("It weighs 45 pounds.", confidence: 0.7, gold: [])
    #expect(!hopeless.contained && !hopeless.isAnswerable)
  }

  @Test func `refusals of both kinds of questions are counted apart`() throws {
    let refusal = ExtractiveAnswerer.refusal
    let metrics = AnswerMetrics([
      reply("Two legs.", confidence: 0.9, gold: ["two legs"]),
      reply(refusal, answered: false, confidence: 0.1, gold: ["a motor"]),
      reply("Three arms.", confidence: 0.6, gold: []),
      reply(refusal, answered: false, confidence: 0.1, gold: []),
      reply(refusal, answered: false, confidence: 0.1, gold: []),
      reply(refusal, answered: false, confidence: 0.1, gold: []),
    ])
    #expect(metrics.questions == 2 && metrics.unanswerable == 4)
    #expect(metrics.contained == 0.5 && metrics.refusedAnswerable == 0.5)
    #expect(metrics.refusalRecall == 0.75)
    #expect(abs(metrics.refusalPrecision - 0.6) < 1e-9)
    let confidence = try #require(metrics.confidence)
    // 0.1² + 0.1² × 4 + 0.6², over six.
    #expect(abs(confidence.brier - (0.05 + 0.36) / 6) < 1e-9)
  }
}
