extension Answer {
  /// Confidence below which readers are told that an answer may be none, and its question counts as a gap: of such
  /// answers clearly fewer than half hold what was asked for ("Confidence" in docs/evaluation/answers.md).
  public static let lowConfidence = 0.4

  /// What readers are told below an answer of low confidence.
  public static let caution = "The documents may not answer this."

  /// Whether `confidence` speaks of documents that were held against the question: not where the answer was stopped, and
  /// not where it is no more than what a tool did or a courtesy.
  public var isJudged: Bool {
    let isToolsOwn = citations.isEmpty && toolUses?.contains { $0.answers && !$0.isError } ?? false
    return !isStopped && !isCourtesy && !isToolsOwn
  }

  /// Whether readers are to be told that the documents may not answer; a refusal says more than that.
  public var hasLowConfidence: Bool { answered && isJudged && confidence < Self.lowConfidence }
}
