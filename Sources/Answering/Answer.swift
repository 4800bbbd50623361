import Models
import Retrieval

/// A reply to a question, with what it rests on.
public struct Answer: Sendable, Equatable {
  public var question: String
  /// Text whose every sentence ends with the number of its citation, such as `[1]`; a plain statement that the
  /// corpus does not answer where `answered` is false.
  public var answer: String
  public var answered: Bool
  /// How sure it is that this reply holds the answer, 0 to 1, as a probability; see `lowConfidence`.
  public var confidence: Double
  public var citations: [Citation]
  /// Wall time, retrieval included.
  public var milliseconds: Double
  /// Model that wrote the answer; nil for sentences of the corpus itself.
  public var model: String?
  /// What the providers of chat model and reranker counted; nil if they do not, or none was asked.
  public var usage: Usage?
  /// United States dollars by the price list, as far as it names the models; nil if it names none of them.
  public var cost: Double?
  /// Why the chat model did not write the answer, or the search went on by words alone, though they should have done
  /// more; nil if they did what they should.
  public var degradedReason: DegradedReason?
  /// The question as it was searched for, where the conversation made another one of it.
  public var rewrittenQuestion: String?
  /// What the reranker did; nil where there is none.
  public var reranking: RerankReport?
  /// Tools that were used, in order; nil for none.
  public var toolUses: [ToolUse]?
  /// Of a refusal, and of an answer of low confidence, why the documents may say more, and of a written answer why it was
  /// not checked in full, and what to do about it; nil where there is nothing to say.
  public var hint: String?
  /// Whether it came to the limit of tokens before everything was said.
  public var isCutOff = false
  /// Whether whoever asked left before the answer was complete; it is what had been written until then.
  public var isStopped = false
  /// Whether it only returns a greeting or thanks, or says what can be asked: nothing was searched.
  public var isCourtesy = false
  /// How far the sources support each sentence of a chat model's answer; nil for sentences of the documents themselves.
  public var sentences: [GroundedSentence]?
  /// Sentences of the chat model that were left out, because no source supports them.
  public var droppedSentences = 0

  public init(
    question: String, answer: String, answered: Bool, confidence: Double, citations: [Citation],
    milliseconds: Double = 0, model: String? = nil
  ) {
    self.question = question
    self.answer = answer
    self.answered = answered
    self.confidence = confidence
    self.citations = citations
    self.milliseconds = milliseconds
    self.model = model
  }

  /// Whether the documents' own sentences, or a search by words alone, had to do.
  public var degraded: Bool { degradedReason != nil }
}
