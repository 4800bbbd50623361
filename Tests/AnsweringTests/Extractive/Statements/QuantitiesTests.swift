import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Questions for a quantity, and what fits them.
@Suite struct QuantitiesTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private static let texts: [(String, Quantities.Kinds)] = [
    ("It weighed 48 kg at a height of 130 cm.", [.mass, .length]),
    ("A 20-foot mast of 3.5t", [.length, .mass]), ("It ran at 9 km/h.", .speed),
    ("It ran 40 kilometres per hour.", .speed), ("They waited for several hours.", .time),
    ("It took two and a half years.", .time), ("It was sold for $3 million.", .money),
    ("It cost 1,200 euros.", .money), ("Leek | 12 €", .money), ("It takes 80 cent.", .money),
    ("Names have 14 characters at most.", .length), ("Nearly 12% of it", .share),
    ("12 per cent of it", .share),
    ("At 20 °C it melts.", .temperature), ("It has 57 degrees of freedom.", .count),
    ("Some 300 people came.", .count), ("It draws 400 watts.", .other), ("It covers 12 square miles.", .area),
    ("It was shown on 31 October 2000.", []), ("It was shown in 1996 (1998 elsewhere).", []),
    ("See Section 5 and Table 12.", []), ("Version 3.2.1 came 4th.", []), ("P2 and HRP-2 walked.", []),
    ("He had 2,000 sheep in 1850.", .count), ("No number here.", []), ("5", .count), ("several", []),
  ]

  @Test(arguments: texts)
  func `kinds are told by the units`(text: String, kinds: Quantities.Kinds) {
    #expect(Quantities(of: text).kinds == kinds)
  }

  private static let questions: [(String, Quantities.Kinds)] = [
    ("How heavy was it?", .mass), ("How much does it weigh?", .mass),
    ("What does it weigh?", .mass), ("How tall is it?", .length), ("How much did it cost?", .money),
    ("How fast is it?", [.speed, .other, .share]), ("How long is it?", [.length, .time]),
    ("What percentage was lost?", .share), ("How many people came?", [.count, .share]),
    ("How many hours did it take?", [.time, .count]), ("Who came?", []), ("How is it made?", []),
  ]

  @Test(arguments: questions)
  func `questions ask for kinds`(question: String, kinds: Quantities.Kinds) {
    let words = QuestionWords(question)
    #expect(words.quantities == kinds && (words.expectation == .amount) == !kinds.isEmpty)
  }

  @Test(arguments: [
    ("How heavy is the Lark?", "In a second form 48 kg were reached with all of the tools."),
    ("How tall is the Lark?", "A Lark stands 130 cm above the floor when waiting."),
    ("How fast is the Lark?", "On a good road the Lark reached 9 km/h."),
    ("How much did the Lark cost?", "The museum paid $12,000 for the last one."),
    ("How many joints does the Lark have?", "Small motors drive all 57 joints of the frame."),
  ])
  func `the statement with a fitting unit leads`(question: String, quote: String) async throws {
    let text = """
      The Lark was presented on 31 October 2000. In a second form 48 kg were reached with all of the tools. A Lark \
      stands 130 cm above the floor when waiting. On a good road the Lark reached 9 km/h. The museum paid $12,000 for \
      the last one. Small motors drive all 57 joints of the frame. The Lark was last seen in March 2022.
      """
    let answer = try await answerer.answer(question, from: [.note(text)])
    #expect(answer.citations.first?.quote == quote, "\(answer.answer)")
  }
}
