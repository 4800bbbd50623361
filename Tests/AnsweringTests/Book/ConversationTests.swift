import Testing

@testable import Answering
@testable import Retrieval

/// Follow-ups of `corpus-questions/conversations.jsonl`: half of them have an answer in the sample book, and half lean on
/// a question that has one and ask for what the book lacks.
@Suite(SampleBook.condition) struct ConversationTests {
  struct Conversation: Decodable {
    var _id: String
    var history: [String]
    var text: String
    var answers: [String]?
  }

  @Test func `follow-ups are answered where the book answers them, and refused where it does not`()
    async throws
  {
    let conversations: [Conversation] = try SampleBook.lines("corpus-questions/conversations.jsonl")
    let answerer = try await SampleBook.answerer()
    var refused = [true: 0, false: 0]
    var right = 0
    for conversation in conversations {
      let answer = try await answerer.answer(
        AnswerRequest(conversation.text, history: conversation.history.map { .user($0) }))
      let isAnswerable = conversation.answers != nil
      if !answer.answered { refused[isAnswerable, default: 0] += 1 }
      let isRight =
        conversation.answers?.contains { gold in
          answer.citations.contains { $0.quote.contains(gold) }
        } ?? false
      if isRight { right += 1 }
      print(
        "CONV", conversation._id, isAnswerable, answer.answered, isRight, answer.confidence,
        answer.rewrittenQuestion ?? "-", "=>", answer.answer.prefix(160))
    }
    print(
      "CONVSUM refused answerable", refused[true] ?? 0, "absent", refused[false] ?? 0, "right", right, "of",
      conversations.count)
  }
}
