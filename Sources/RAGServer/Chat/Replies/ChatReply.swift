import Answering
import FoundationEssentials
import Models
import Retrieval

/// Reply of every chat route but those below `/v1`: one object for clients that read `answer` and for those that read
/// `response`, for those that keep a `session_id` and for those that keep a `conversation_id`.
struct ChatReply: Codable, Equatable {
  var answer: String
  var response: String
  var conversationID: String
  var sessionID: String
  /// The answer's own id, for feedback.
  var messageID: String
  var createdAt: String
  var citations: [Citation]
  /// Tools that were used; extractive answers use none.
  var toolCalls: [ToolUse]
  var answered: Bool
  /// How sure it is that the reply holds the answer, 0 to 1.
  var confidence: Double
  /// Whether readers are to be told that the documents may not answer.
  var lowConfidence: Bool
  /// Wall time, retrieval included.
  var milliseconds: Double
  /// Model that wrote the answer; null for sentences of the documents.
  var model: String?
  var usage: Usage?
  /// United States dollars by the price list.
  var cost: Double?
  /// Whether the documents' own sentences, or a search by words alone, had to do.
  var degraded: Bool
  var degradedReason: DegradedReason?
  var rewrittenQuestion: String?
  /// Why the documents may say more, or why an answer was not checked in full; null where there is nothing to say.
  var hint: String?
  /// What the reranker did; null where there is none.
  var reranking: RerankReport?
  /// How far the sources support each sentence that a chat model wrote.
  var sentences: [GroundedSentence]?
  /// Sentences that were left out, because no source supports them.
  var droppedSentences: Int

  enum CodingKeys: String, CodingKey {
    case answer, response, citations, answered, confidence, milliseconds, model, usage, cost, degraded
    case sentences, reranking, hint
    case lowConfidence = "low_confidence"
    case droppedSentences = "dropped_sentences"
    case conversationID = "conversation_id"
    case sessionID = "session_id"
    case messageID = "message_id"
    case createdAt = "created_at"
    case toolCalls = "tool_calls"
    case degradedReason = "degraded_reason"
    case rewrittenQuestion = "rewritten_question"
  }

  init(_ exchange: Exchange) {
    let answer = exchange.answer
    self.answer = answer.answer
    response = answer.answer
    conversationID = exchange.conversation
    sessionID = exchange.conversation
    messageID = exchange.reply.id
    createdAt = exchange.reply.createdAt.timestamp
    citations = answer.citations
    toolCalls = answer.toolUses ?? []
    answered = answer.answered
    confidence = answer.confidence
    lowConfidence = answer.hasLowConfidence
    milliseconds = answer.milliseconds
    model = answer.model
    usage = answer.usage
    cost = answer.cost
    degraded = answer.degraded
    degradedReason = answer.degradedReason
    rewrittenQuestion = answer.rewrittenQuestion
    hint = answer.hint
    reranking = answer.reranking
    sentences = answer.sentences
    droppedSentences = answer.droppedSentences
  }
}

extension Date {
  /// ISO 8601 in UTC with milliseconds, the same before the time is stored and after.
  var timestamp: String {
    // The state rounds to milliseconds, and the format cuts: a tenth more keeps a whole one from becoming the one before.
    let milliseconds = (timeIntervalSince1970 * 1000).rounded() + 0.1
    return Date(timeIntervalSince1970: milliseconds / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
