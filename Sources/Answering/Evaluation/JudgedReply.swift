import Retrieval

/// A reply to a question of a labelled set, held against the set's gold answers.
public struct JudgedReply: Sendable, Codable {
  /// Id of the question.
  public var query: String
  /// Whether the set has gold answers to it; false for a question that its documents do not answer.
  public var isAnswerable: Bool
  /// The reply without the numbers of its citations.
  public var reply: String
  public var answered: Bool
  /// What the answerer gave, 0 to 1.
  public var confidence: Double
  /// Whether the reply contains a gold answer.
  public var contained: Bool
  /// F1 over tokens of gold answer and the best cited sentence, 0 to 1.
  public var f1: Double
  /// Whether some cited range contains a gold answer.
  public var cited: Bool

  enum CodingKeys: String, CodingKey {
    case query, reply, answered, confidence, contained, f1, cited
    case isAnswerable = "answerable"
  }

  /// - Parameter gold: answers any of which is right; none for a question that the documents do not answer.
  init(_ answer: Answer, to query: String, gold: [AnswerTokens]) {
    self.query = query
    isAnswerable = !gold.isEmpty
    reply = answer.text
    answered = answer.answered
    confidence = answer.confidence
    let tokens = AnswerTokens(reply)
    contained = gold.contains(where: tokens.contains)
    let sentences = answer.citedSentences.map { AnswerTokens($0) }
    f1 = gold.flatMap { gold in sentences.map { $0.f1(gold) } }.max() ?? 0
    cited = answer.citations.contains { citation in
      let quote = AnswerTokens(citation.quote)
      return gold.contains(where: quote.contains)
    }
  }

  /// Words of the reply.
  var words: Int { reply.split(whereSeparator: \.isWhitespace).count }
}

extension Answer {
  /// The answer without the numbers of its citations.
  fileprivate var text: String {
    var text = answer
    for citation in citations { text = text.split(separator: " [\(citation.number)]").joined() }
    return text
  }

  /// Its sentences as they are cited.
  fileprivate var citedSentences: [String] { citations.isEmpty ? [text] : citations.map(\.quote) }
}
