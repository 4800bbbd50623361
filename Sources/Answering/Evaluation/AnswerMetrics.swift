import Retrieval

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

  enum CodingKeys: String, CodingKey, CaseIterable {
    case questions, contained, f1, words, unanswerable
    case citationPrecision = "citation_precision"
    case refusedAnswerable = "refused_answerable"
    case refusalRecall = "refusal_recall"
    case refusalPrecision = "refusal_precision"
    case constantContained = "constant_contained"
    case constantF1 = "constant_f1"
  }

  public init() {}

  /// The names of all measures.
  public static var names: [String] { CodingKeys.allCases.map(\.rawValue) }
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
    _ answerer: Answerer, limit: Int = .max, each: (Query, Answer) -> Void = { _, _ in }
  ) async throws -> AnswerMetrics {
    let asked = Self.sample(queries.filter { !($0.answers ?? []).isEmpty }, limit)
    let constant = commonestWords(60)
    var metrics = AnswerMetrics()
    var refused = 0.0
    for query in asked {
      let answer = try await answerer.answer(query.text)
      each(query, answer)
      let gold = (query.answers ?? []).map(AnswerTokens.init)
      let reply = AnswerTokens(answer.text)
      if gold.contains(where: reply.contains) { metrics.contained += 1 }
      metrics.f1 +=
        gold.map { gold in answer.citedSentences.map { AnswerTokens($0).f1(gold) }.max() ?? 0 }.max() ?? 0
      metrics.words += Double(answer.text.split(whereSeparator: \.isWhitespace).count)
      if answer.citations.contains(where: { citation in
        gold.contains { AnswerTokens(citation.quote).contains($0) }
      }) {
        metrics.citationPrecision += 1
      }
      if !answer.answered { refused += 1 }
      if gold.contains(where: constant.contains) { metrics.constantContained += 1 }
      metrics.constantF1 += gold.map { constant.f1($0) }.max() ?? 0
    }
    let count = Double(max(1, asked.count))
    metrics.questions = asked.count
    metrics.contained /= count
    metrics.f1 /= count
    metrics.words /= count
    metrics.citationPrecision /= count
    metrics.refusedAnswerable = refused / count
    metrics.constantContained /= count
    metrics.constantF1 /= count
    let hopeless = Self.sample(unanswerable, limit)
    var right = 0.0
    for query in hopeless {
      let answer = try await answerer.answer(query.text)
      each(query, answer)
      if !answer.answered { right += 1 }
    }
    metrics.unanswerable = hopeless.count
    if !hopeless.isEmpty {
      metrics.refusalRecall = right / Double(hopeless.count)
      // As many answerable questions as unanswerable ones, so that the sizes of the sets do not decide.
      let wrong = metrics.refusedAnswerable * Double(hopeless.count)
      metrics.refusalPrecision = right + wrong > 0 ? right / (right + wrong) : 0
    }
    return metrics
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

extension Answer {
  /// The answer without the numbers of its citations.
  var text: String {
    var text = answer
    for citation in citations { text = text.split(separator: " [\(citation.number)]").joined() }
    return text
  }

  /// Its sentences as they are cited.
  var citedSentences: [String] { citations.isEmpty ? [text] : citations.map(\.quote) }
}
