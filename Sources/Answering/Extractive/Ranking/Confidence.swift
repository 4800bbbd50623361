import Retrieval

/// How sure it is that there is an answer, and that a reply holds it.
struct Confidence: Sendable {
  /// Whether the passages answer the question, 0 to 1: what decides about refusal.
  var promise = 0.0
  /// Whether a reply of the passages' own sentences holds the answer, 0 to 1.
  var reply = 0.0

  /// - Parameter statistics: what the corpus says of the question; without it the usual corpus is assumed.
  init(
    _ question: ReadQuestion, _ passages: [Passage], ranked: [RankedStatement],
    statistics: QuestionStatistics?
  ) {
    // "And how many of them" asks for nothing that could be found, whatever resembles it.
    guard !ranked.isEmpty, !passages.isEmpty, QuestionWords.hasContent(question.text) else { return }
    let evidence = Evidence(question, passages, ranked: ranked, statistics: statistics)
    promise = evidence.probability
    reply = evidence.replyProbability
    // A short question resembles hardly any text, but what it names is found.
    if let best = ranked.first,
      HeadingFact.datesVersion(question.words, passages[best.statement.passage])
        || HeadingFact.listsVersion(question, passages[best.statement.passage])
    {
      raise(to: Self.titled)
    }
  }

  /// Makes it as sure as this at least.
  mutating func raise(to least: Double) {
    promise = max(promise, least)
    reply = max(reply, least)
  }

  /// Makes a reply of these texts unsure if the question asks for a value and none of them holds one.
  mutating func hold(_ texts: [String], to question: QuestionWords) {
    guard let value = question.value, !texts.contains(where: value.isTold) else { return }
    reply = min(reply, Self.withoutValue)
  }

  /// How sure it is at most that a reply holds a value of a form that it does not have.
  private static let withoutValue = 0.3
  /// How sure it is at least where a heading names the version whose time or changes are in question, or asks the question itself.
  static let titled = 0.7
  /// How sure it is at most of an answer to a question that was refused.
  static let refused = 0.2

  /// Support that an unchecked sentence counts for: of sentences of whole replies nine in ten are supported, and nothing
  /// says so of this one.
  private static let unchecked = 0.7
  /// What passages promise where the embedding model cannot tell.
  static let unknownPromise = 0.5

  /// How sure it is that an answer that a chat model wrote is one: the mean support of its sentences, by their length, as
  /// far as the passages promise an answer at all. A model that was told to refuse and has not counts for half of that.
  ///
  /// - Parameter promise: whether the passages answer the question, 0 to 1.
  static func written(_ sentences: [GroundedSentence], promise: Double) -> Double {
    let claims = sentences.compactMap { sentence in
      (sentence.isUnchecked ? unchecked : sentence.support).map {
        (support: $0, length: Double(sentence.end - sentence.start))
      }
    }
    let length = claims.reduce(0) { $0 + $1.length }
    // What leads over or reports says nothing about the rest.
    let support = length > 0 ? claims.reduce(0) { $0 + $1.support * $1.length } / length : 0.5
    return support * (0.5 + 0.5 * promise)
  }
}
