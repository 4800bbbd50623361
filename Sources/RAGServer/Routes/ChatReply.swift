import Answering

/// Reply of `POST /api/chat`, for clients that read `answer` and for those that read `response`.
struct ChatReply: Codable, Equatable {
  var answer: String
  var response: String
  var conversationID: String
  var citations: [Citation]
  /// Names of the tools that were used; extractive answers use none.
  var toolCalls: [String]
  var answered: Bool
  /// How sure it is that the corpus answers the question, 0 to 1.
  var confidence: Double
  /// Wall time, retrieval included.
  var milliseconds: Double

  enum CodingKeys: String, CodingKey {
    case answer, response, citations, answered, confidence, milliseconds
    case conversationID = "conversation_id"
    case toolCalls = "tool_calls"
  }

  init(_ answer: Answer, conversation: String) {
    self.answer = answer.answer
    response = answer.answer
    conversationID = conversation
    citations = answer.citations
    toolCalls = []
    answered = answer.answered
    confidence = answer.confidence
    milliseconds = answer.milliseconds
  }
}
