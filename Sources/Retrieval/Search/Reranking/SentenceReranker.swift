import Models

/// Brings the best passages into an order that also looks at what their single sentences say.
///
/// A passage's vector is that of all it says; the one sentence that answers a question may be lost in it, and in a
/// sentence's vector the one word that says all. So two things are added to the score of the search: the cosine of the
/// question and a passage's best sentence, in standard deviations of the cosine of two passages of the corpus, and by
/// late interaction how near the question's single tokens come to those of the best sentence and the one before it.
/// The embedding model itself does the work, and no other model is needed.
public struct SentenceReranker: Sendable {
  /// What a standard deviation of the sentences' cosine counts for, on the scale of fused scores.
  private static let weight = 0.05
  /// What the mean cosine of tokens counts for. Both weights were chosen on ten labelled sets, four of them with
  /// questions in other words than the documents'.
  private static let tokenWeight = 2.0
  /// Standard deviation where the corpus does not say enough to tell.
  private static let usualSpread = 0.12

  /// Limits of one search; twenty passages and a second by default.
  public var options: Reranker.Options
  /// Told what was done for each search.
  public var observe: @Sendable (RerankReport) -> Void
  /// Keeps 4,096 sentences at least, some 2 MB.
  private let reader = PassageReader<PassageSentences>(limit: 4096)
  /// What was embedded before.
  package let vectors = SentenceVectors()

  public init(
    options: Reranker.Options = Reranker.Options(depth: 20),
    observe: @escaping @Sendable (RerankReport) -> Void = { _ in }
  ) {
    self.options = options
    self.observe = observe
  }

  /// The passages, which come best first with scores from 0 to 1, in their new order; in the one that they had where
  /// time runs out or the model fails.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, and nothing else.
  /// - Returns: with the passages the lowest score that was given, 1 if none was.
  func rerank(
    _ passages: [Passage], for question: String, _ embedding: TextEmbedding? = nil, model: any EmbeddingModel,
    spread: Double?
  ) async throws -> (passages: [Passage], lowest: Double, report: RerankReport) {
    let clock = ContinuousClock()
    let start = clock.now
    var report = RerankReport(
      model: "\(model.fingerprint.model), by sentences", milliseconds: 0, scored: 0,
      candidates: passages.count)
    guard !passages.isEmpty else { return ([], 1, report) }
    var ordered = passages
    do {
      let found = try await withDeadline(options.budget) { [reader, vectors] in
        try await Self.closeness(
          of: passages.map { reader.read($0).sentences }, question, embedding, vectors, model)
      }
      // The sentences' cosines are stretched, and so is a standard deviation.
      let spread = spread.flatMap { $0 > 0 ? $0 / (1 - model.cosineScale.unrelated) : nil }
      let scale = Self.weight / (spread ?? Self.usualSpread)
      for (index, closeness) in found.enumerated() {
        var (sum, most) = (scale * max(0, closeness.cosine), scale)
        if let tokens = closeness.tokens {
          sum += Self.tokenWeight * max(0, tokens)
          most += Self.tokenWeight
        }
        // Scores stay within 0...1.
        ordered[index].rerankScore = sum / most
        ordered[index].score = (ordered[index].score + sum) / (1 + most)
      }
      // Equal scores keep the order of the search.
      ordered = ordered.enumerated().sorted {
        (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset)
      }
      .map(\.element)
      report.scored = passages.count
    } catch let late as DeadlineExceeded {
      report.failure = DegradedReason(
        code: ModelError.Kind.timeout.rawValue,
        message: "The sentences of \(passages.count) passages were not embedded within \(late.limit).",
        hint: "Give it more time with RERANK_BUDGET, or fewer passages with RERANK_DEPTH.")
    } catch {
      try Task.checkCancellation()
      report.failure = Reranker.failure(error)
    }
    report.milliseconds = (clock.now - start) / .milliseconds(1)
    observe(report)
    return (ordered, report.scored > 0 ? ordered.last?.score ?? 1 : 1, report)
  }

  /// How near the best sentences of a passage come to the question.
  private struct Closeness {
    var cosine: Double
    /// Of its tokens; nil where the model gives no vectors of tokens.
    var tokens: Double?
  }

  /// - Parameter passages: the sentences of each.
  private static func closeness(
    of passages: [[ContextualText]], _ question: String, _ embedding: TextEmbedding?,
    _ vectors: SentenceVectors, _ model: any EmbeddingModel
  ) async throws -> [Closeness] {
    let asked = try await model.embedding(of: question, known: embedding)
    let found = try await SentenceCloseness(asked, passages.flatMap(\.self), model: model, vectors: vectors)
    var first = 0
    return passages.map { sentences in
      let rows = first..<first + sentences.count
      first = rows.upperBound
      return Closeness(
        cosine: Double(found.cosines[rows].max() ?? -1),
        tokens: rows.compactMap { found.tokens(of: $0, withBefore: $0 > rows.lowerBound) }.max())
    }
  }
}
