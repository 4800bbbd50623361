import Retrieval

/// Replies to the questions of a labelled set, and how good they are.
public struct AnswerEvaluation: Sendable {
  public var replies: [JudgedReply]
  public var metrics: AnswerMetrics
}

extension LabelledSet {
  /// Whether there are questions with gold answers, or such that the documents do not answer.
  public var hasAnswers: Bool {
    !unanswerable.isEmpty || queries.contains { !($0.answers ?? []).isEmpty }
  }

  /// Answers every question that has gold answers, and those that have none in the documents.
  ///
  /// - Parameter limit: questions of either kind at most, taken evenly.
  public func evaluateAnswers(
    _ answerer: Answerer, limit: Int = .max, each: () -> Void = {}
  ) async throws -> AnswerEvaluation {
    let asked = Self.sample(queries.filter { !($0.answers ?? []).isEmpty }, limit)
    let golds = asked.map { ($0.answers ?? []).map { AnswerTokens($0) } }
    var replies: [JudgedReply] = []
    func ask(_ query: Query, _ gold: [AnswerTokens]) async throws {
      var request = AnswerRequest(query.text)
      // Words alone, or sentences for a chat model that fails, are not what is measured.
      request.options.fallsBack = false
      replies.append(JudgedReply(try await answerer.answer(request), to: query.id, gold: gold))
      each()
    }
    for (query, gold) in zip(asked, golds) { try await ask(query, gold) }
    for query in Self.sample(unanswerable, limit) { try await ask(query, []) }
    var metrics = AnswerMetrics(replies)
    let constant = commonestWords(60)
    let count = Double(max(1, golds.count))
    metrics.constantContained = Double(golds.count { $0.contains(where: constant.contains) }) / count
    metrics.constantF1 = golds.reduce(0) { $0 + ($1.map { constant.f1($0) }.max() ?? 0) } / count
    return AnswerEvaluation(replies: replies, metrics: metrics)
  }

  private static func sample(_ queries: [Query], _ limit: Int) -> [Query] {
    guard queries.count > limit else { return queries }
    return (0..<limit).map { queries[$0 * queries.count / limit] }
  }

  private func commonestWords(_ count: Int) -> AnswerTokens {
    var frequencies: [String: Int] = [:]
    for document in documents {
      for word in AnswerTokens(document.text).words { frequencies[word, default: 0] += 1 }
    }
    let commonest = frequencies.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(count)
    return AnswerTokens(commonest.map(\.key).joined(separator: " "))
  }
}
