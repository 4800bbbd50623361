import Models

extension Answer {
  /// The answer ended where whoever asked wanted it to end, as a chat model's would: before the first of their texts
  /// that end it, or between words where it would count more tokens than they allow, by the estimate that is also its
  /// count in replies. Citations whose numbers are cut away are left out.
  func ended(by options: AnswerOptions) -> Answer {
    var ended = self
    if let end = options.stop.compactMap({ answer.firstRange(of: $0)?.lowerBound }).min() {
      ended.answer = String(answer[..<end])
    }
    if let tokens = options.maximumTokens {
      let kept = EstimatedTokenCounter(window: .max).prefix(of: ended.answer, tokens: tokens)
      if kept.endIndex < ended.answer.endIndex {
        ended.answer = String(kept).trimmed
        ended.isCutOff = true
      }
    }
    if ended.answer != answer {
      ended.citations.removeAll { !ended.answer.contains("[\($0.number)]") }
    }
    return ended
  }
}
