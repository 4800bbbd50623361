/// How good replies are where gold answers are known.
public struct AnswerMetrics: Sendable, Codable {
  /// Questions with gold answers.
  public var questions = 0
  /// Part of the replies that contain a gold answer.
  public var contained = 0.0
  /// Mean F1 over tokens of gold answer and the best sentence of the reply.
  public var f1 = 0.0
  /// Mean words of a reply.
  public var words = 0.0
  /// Part of the questions for which some cited range contains a gold answer.
  public var citationPrecision = 0.0
  /// Part of the answerable questions that were refused.
  public var refusedAnswerable = 0.0
  /// Questions without an answer in the documents.
  public var unanswerable = 0
  /// Part of the unanswerable questions that were refused.
  public var refusalRecall = 0.0
  /// Part of all refusals that were right.
  public var refusalPrecision = 0.0
  /// `contained` and `f1` of the same reply to every question, the set's commonest words.
  public var constantContained = 0.0
  public var constantF1 = 0.0
  /// How well the confidence of all replies tells which of them contain a gold answer.
  public var confidence: Calibration?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case questions, contained, f1, words, unanswerable, confidence
    case citationPrecision = "citation_precision"
    case refusedAnswerable = "refused_answerable"
    case refusalRecall = "refusal_recall"
    case refusalPrecision = "refusal_precision"
    case constantContained = "constant_contained"
    case constantF1 = "constant_f1"
  }

  init(_ replies: [JudgedReply]) {
    func mean(_ replies: [JudgedReply], _ value: (JudgedReply) -> Double) -> Double {
      replies.isEmpty ? 0 : replies.reduce(0) { $0 + value($1) } / Double(replies.count)
    }
    let answerable = replies.filter(\.isAnswerable)
    questions = answerable.count
    contained = mean(answerable) { $0.contained ? 1 : 0 }
    f1 = mean(answerable, \.f1)
    words = mean(answerable) { Double($0.words) }
    citationPrecision = mean(answerable) { $0.cited ? 1 : 0 }
    refusedAnswerable = mean(answerable) { $0.answered ? 0 : 1 }
    let hopeless = replies.filter { !$0.isAnswerable }
    unanswerable = hopeless.count
    refusalRecall = mean(hopeless) { $0.answered ? 0 : 1 }
    // As many answerable questions as unanswerable ones, so that the sizes of the sets do not decide.
    let refusals = refusalRecall + refusedAnswerable
    refusalPrecision = !hopeless.isEmpty && refusals > 0 ? refusalRecall / refusals : 0
    confidence = Calibration(replies.map { ($0.confidence, $0.contained) })
  }

  /// Names of the measures that are one number.
  public static var names: [String] {
    CodingKeys.allCases.filter { $0 != .confidence }.map(\.rawValue)
      + ["confidence.brier", "confidence.error"]
  }
}
