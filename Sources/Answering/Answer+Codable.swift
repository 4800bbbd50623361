import Models
import Retrieval

extension Answer: Codable {
  enum CodingKeys: String, CodingKey {
    case question, answer, answered, confidence, citations, milliseconds, model, usage, cost, degraded
    case sentences, reranking, hint
    case lowConfidence = "low_confidence"
    case degradedReason = "degraded_reason"
    case rewrittenQuestion = "rewritten_question"
    case toolUses = "tool_calls"
    case isCutOff = "cut_off"
    case isStopped = "stopped"
    case droppedSentences = "dropped_sentences"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      question: try values.decode(String.self, forKey: .question),
      answer: try values.decode(String.self, forKey: .answer),
      answered: try values.decode(Bool.self, forKey: .answered),
      confidence: try values.decode(Double.self, forKey: .confidence),
      citations: try values.decode([Citation].self, forKey: .citations),
      milliseconds: try values.decodeIfPresent(Double.self, forKey: .milliseconds) ?? 0,
      model: try values.decodeIfPresent(String.self, forKey: .model))
    usage = try values.decodeIfPresent(Usage.self, forKey: .usage)
    cost = try values.decodeIfPresent(Double.self, forKey: .cost)
    degradedReason = try values.decodeIfPresent(DegradedReason.self, forKey: .degradedReason)
    rewrittenQuestion = try values.decodeIfPresent(String.self, forKey: .rewrittenQuestion)
    reranking = try values.decodeIfPresent(RerankReport.self, forKey: .reranking)
    toolUses = try values.decodeIfPresent([ToolUse].self, forKey: .toolUses)
    hint = try values.decodeIfPresent(String.self, forKey: .hint)
    isCutOff = try values.decodeIfPresent(Bool.self, forKey: .isCutOff) ?? false
    isStopped = try values.decodeIfPresent(Bool.self, forKey: .isStopped) ?? false
    sentences = try values.decodeIfPresent([GroundedSentence].self, forKey: .sentences)
    droppedSentences = try values.decodeIfPresent(Int.self, forKey: .droppedSentences) ?? 0
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(question, forKey: .question)
    try values.encode(answer, forKey: .answer)
    try values.encode(answered, forKey: .answered)
    try values.encode(confidence, forKey: .confidence)
    try values.encode(hasLowConfidence, forKey: .lowConfidence)
    try values.encode(citations, forKey: .citations)
    try values.encode(milliseconds, forKey: .milliseconds)
    try values.encodeIfPresent(model, forKey: .model)
    try values.encodeIfPresent(usage, forKey: .usage)
    try values.encodeIfPresent(cost, forKey: .cost)
    try values.encode(degraded, forKey: .degraded)
    try values.encodeIfPresent(degradedReason, forKey: .degradedReason)
    try values.encodeIfPresent(rewrittenQuestion, forKey: .rewrittenQuestion)
    try values.encodeIfPresent(reranking, forKey: .reranking)
    try values.encodeIfPresent(toolUses, forKey: .toolUses)
    try values.encodeIfPresent(hint, forKey: .hint)
    if isCutOff { try values.encode(isCutOff, forKey: .isCutOff) }
    if isStopped { try values.encode(isStopped, forKey: .isStopped) }
    try values.encodeIfPresent(sentences, forKey: .sentences)
    if droppedSentences > 0 { try values.encode(droppedSentences, forKey: .droppedSentences) }
  }
}
