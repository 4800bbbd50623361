import Testing

@testable import Answering
@testable import Retrieval

@Suite struct AnswerLimitsTests {
  /// Two cited sentences, as the documents' own are.
  private static let answer = Answer(
    question: "How far does it bend?", answer: "The knee bends far. [1] The elbow bends farther. [2]",
    answered: true, confidence: 0.8, citations: [citation(1), citation(2)])

  private static func citation(_ number: Int) -> Citation {
    let passage = Passage(
      chunk: 1, documentID: 1, document: "leg.md", source: "/leg.md", collection: "default", headingPath: [],
      start: 0, end: 4, text: "Knee", ordinal: 0, score: 1)
    return Citation(number: number, passage: passage, range: 0..<4, quote: "Knee")
  }

  @Test(
    arguments: [
      (nil, [], "The knee bends far. [1] The elbow bends farther. [2]", [1, 2], false),
      (9, [], "The knee bends far. [1] The", [1], true),
      (2, [], "The knee", [], true),
      (nil, ["elbow"], "The knee bends far. [1] The ", [1], false),
      (10, ["[1]"], "The knee bends far. ", [], false),
      (nil, ["far", "knee"], "The ", [], false),
      (1000, ["nowhere"], "The knee bends far. [1] The elbow bends farther. [2]", [1, 2], false),
    ] as [(Int?, [String], String, [Int], Bool)])
  func `an answer ends before a text that ends it or between words, with the citations that are left`(
    tokens: Int?, stop: [String], text: String, numbers: [Int], isCutOff: Bool
  ) {
    var options = AnswerOptions()
    options.maximumTokens = tokens
    options.stop = stop
    let ended = Self.answer.ended(by: options)
    #expect(ended.answer == text && ended.citations.map(\.number) == numbers && ended.isCutOff == isCutOff)
  }
}
