import Testing

@testable import Answering
@testable import Retrieval

/// What the sample book answers, and what is refused.
@Suite(SampleBook.condition) struct RefusalTests {
  private struct Question: Decodable {
    var _id: String
    var text: String
  }

  /// Questions of the rest of life; none has an answer in a book about robots.
  private static let strangers = [
    "How long should I boil an egg?",
    "What is the capital of Mongolia?",
    "Who painted the ceiling of the Sistine Chapel?",
    "How do I renew my passport?",
    "Which team won the football final last year?",
    "What time does the last train leave?",
    "How can I get a red wine stain out of a carpet?",
    "What are the symptoms of the flu?",
    "Where can I rent a bicycle near the beach?",
    "How much sugar goes into strawberry jam?",
    "What is the exchange rate of the yen?",
    "Why do cats purr?",
    "When was the printing press invented?",
    "How do I change a flat tyre?",
    "Which vitamins are in spinach?",
    "What does a notary charge for a will?",
    "How do I train a puppy to sit?",
    "What was the name of the singer's second album?",
    "How deep is the Pacific Ocean?",
    "Can I return shoes without a receipt?",
    "Who wrote the novel about the whale?",
    "What is the best month to plant tomatoes?",
    "How do vaccines protect children?",
    "What rules apply to overtime pay?",
    "How do I reset the password of my account?",
    "Why is the sky blue?",
    "What did the king promise to the farmers?",
    "How many players are on a volleyball team?",
    "Which visa does a student need?",
    "How is cheese made?",
    "What causes earthquakes?",
    "What is the interest on a savings account?",
    "How do I knit a scarf?",
    "Which composer wrote nine symphonies?",
    "What is the difference between a lawyer and a judge?",
    "How do birds find their way in autumn?",
    "Which bus goes to the airport?",
    "How do I sort a list in a program?",
    "What happened in the battle by the river?",
    "Is it safe to eat raw fish while pregnant?",
    "How do I write a letter of complaint?",
    "What does the church teach about marriage?",
    "How do I delete old files from my computer?",
    "What was the population of the city in 1900?",
    "Which enzyme breaks down starch?",
    "How loud may a concert be?",
    "How is the price of electricity set?",
    "Who was the first woman in parliament?",
  ]

  private func refused(_ questions: [Question]) async throws -> [String] {
    let answerer = try await SampleBook.answerer()
    var refused: [String] = []
    for question in questions {
      let answer = try await answerer.answer(question.text)
      if !answer.answered { refused.append("\(question._id) \(question.text)") }
    }
    return refused
  }

  @Test func `questions that the book answers are answered, in its words or in others`() async throws {
    let questions: [Question] = try SampleBook.lines("corpus-questions/queries.jsonl")
    let (paraphrased, plain) = (
      questions.filter { $0._id.hasPrefix("p") }, questions.filter { !$0._id.hasPrefix("p") }
    )
    #expect(paraphrased.count == 85 && plain.count == 85)
    let refusedPlain = try await refused(plain)
    #expect(refusedPlain.count <= 4, "\(refusedPlain.joined(separator: "\n"))")
    // 8; some 33 while words counted as much as meaning.
    let refusedParaphrased = try await refused(paraphrased)
    #expect(refusedParaphrased.count <= 10, "\(refusedParaphrased.joined(separator: "\n"))")
  }

  @Test func `questions of other subjects are refused`() async throws {
    let questions = Self.strangers.map { Question(_id: "", text: $0) }
    let refused = try await refused(questions).count
    #expect(refused * 100 >= questions.count * 90, "\(refused) of \(questions.count)")
  }
}
