import Retrieval

/// How sure it is that a reply of the passages' own sentences holds the answer to a question.
struct Confidence: Sendable {
  /// 0 to `best`.
  let value: Double
  let evidence: Evidence

  /// - Parameter statistics: what the corpus says of the question; without it the usual corpus is assumed.
  init(
    _ question: String, _ passages: [Passage], ranked: [RankedStatement], statistics: QuestionStatistics?
  ) {
    // "And how many of them" asks for nothing that could be found, whatever resembles it.
    guard !ranked.isEmpty, !passages.isEmpty, QuestionWords.hasContent(question) else {
      evidence = Evidence()
      value = 0
      return
    }
    evidence = Evidence(question, passages, ranked: ranked, statistics: statistics)
    value = Self.best * evidence.probability
  }

  /// How often such a reply holds the answer where the passages do: part of SQuAD's questions, asked in different words,
  /// and some that look answerable but are not.
  static let best = 0.75

  /// How sure it is at most that the corpus answers a question that a chat model found no answer to.
  static let refused = 0.2

  /// How sure it is that an answer that a chat model wrote is one: the mean support of its sentences, by their length, as
  /// far as the passages promise an answer at all. A model that was told to refuse and has not counts for half of that.
  ///
  /// - Parameter retrieved: what the passages alone promise, 0 to `best`.
  static func written(_ sentences: [GroundedSentence], retrieved: Double) -> Double {
    let claims = sentences.compactMap { sentence in
      sentence.support.map { (support: $0, length: Double(sentence.end - sentence.start)) }
    }
    let length = claims.reduce(0) { $0 + $1.length }
    // What leads over or reports says nothing about the rest.
    let support = length > 0 ? claims.reduce(0) { $0 + $1.support * $1.length } / length : 0.5
    return support * (0.5 + 0.5 * min(1, retrieved / best))
  }
}
