import Models

/// Brings the best passages of a search into the order of a model that reads question and passage together, as far as
/// there is time for it.
public struct Reranker: Sendable {
  public struct Options: Sendable, Hashable {
    /// Time that one search may take for it. Passages are scored best first; those that are left when it is spent
    /// follow in the order of the search.
    public var budget: Duration
    /// Passages that are scored at most.
    public var depth: Int

    public init(budget: Duration = .seconds(1), depth: Int = 50) {
      self.budget = budget
      self.depth = max(1, depth)
    }
  }

  public var model: any RerankModel
  public var options: Options
  /// Told what was done for each search.
  public var observe: @Sendable (RerankReport) -> Void
  /// Its failures; those of all copies together.
  public let outage: Outage

  public init(
    _ model: any RerankModel, options: Options = Options(), outage: Outage = Outage(),
    observe: @escaping @Sendable (RerankReport) -> Void = { _ in }
  ) {
    self.model = model
    self.options = options
    self.outage = outage
    self.observe = observe
  }

  /// The passages, which come best first with scores from 0 to 1, in their new order.
  ///
  /// A passage that was scored has that as its score, one that was not has a part of the lowest of those. A model
  /// that fails leaves the order as it was; one that fails again and again is not asked for a while.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, and nothing else.
  /// - Returns: with the passages the lowest score that was given, 1 if none was.
  func rerank(_ passages: [Passage], for question: String) async throws -> (
    passages: [Passage], lowest: Double, report: RerankReport
  ) {
    let clock = ContinuousClock()
    let start = clock.now
    let candidates = passages.prefix(options.depth)
    var report = RerankReport(model: model.name, milliseconds: 0, scored: 0, candidates: candidates.count)
    guard !candidates.isEmpty else { return ([], 1, report) }
    var scores: [Float] = []
    do {
      let found = try await outage.run {
        try await self.scores(of: candidates.map(Self.text), for: question, start: start)
      }
      scores = found.values
      report.searchUnits = found.searchUnits
      report.cost = found.searchUnits.flatMap { KnownModel.cost(of: model.name, searchUnits: $0) }
    } catch let left as Outage.LeftOut {
      report.failure = left.reason(model.name)
      report.leftOutUntil = left.until
    } catch {
      try Task.checkCancellation()
      report.failure = Self.failure(error)
    }
    report.scored = scores.count
    report.milliseconds = (clock.now - start) / .milliseconds(1)
    observe(report)
    let lowest = scores.min().map(Double.init) ?? 1
    return (Self.ordered(passages, scores, lowest), lowest, report)
  }

  /// Scores of as many texts as there is time for, from the first on.
  ///
  /// - Throws: what the model throws; `ModelError` where there was no time for any.
  private func scores(
    of texts: [String], for question: String, start: ContinuousClock.Instant
  ) async throws -> RerankScores {
    var scores: [Float] = []
    var units: Int?
    while scores.count < texts.count {
      let spent = ContinuousClock.now - start
      // A batch that would not be ready in time would only keep the processor from others.
      let usual =
        scores.isEmpty ? .zero : spent / scores.count * min(model.batchSize, texts.count - scores.count)
      guard spent + usual < options.budget else { break }
      let count = min(model.batchSize, texts.count - scores.count)
      let batch = Array(texts[scores.count..<scores.count + count])
      do {
        let found = try await withDeadline(options.budget - spent) { [model] in
          try await model.rerank(batch, for: question)
        }
        guard found.values.count == count, found.values.allSatisfy(\.isFinite) else {
          throw ModelError(
            .invalidResponse, provider: "reranker",
            message: "The reranker '\(model.name)' gave \(found.values.count) scores for \(count) passages.")
        }
        scores += found.values
        if let more = found.searchUnits { units = (units ?? 0) + more }
      } catch is DeadlineExceeded {
        break
      } catch let error as ModelError where error.kind == .timeout {
        // The model's own deadline, which is that of the budget.
        break
      }
    }
    if scores.isEmpty { throw timeout }
    return RerankScores(scores, searchUnits: units)
  }

  private static func ordered(_ passages: [Passage], _ scores: [Float], _ lowest: Double) -> [Passage] {
    guard !scores.isEmpty else { return passages }
    var passages = passages
    for index in passages.indices {
      guard index < scores.count else {
        passages[index].score *= lowest
        continue
      }
      passages[index].rerankScore = Double(scores[index])
      passages[index].score = Double(scores[index])
    }
    // Equal scores keep the order of the search.
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    return order.map { passages[$0] } + passages[scores.count...]
  }

  /// What the model reads of a passage: where it stands, and what it says.
  private static func text(_ passage: Passage) -> String {
    let title = passage.title ?? ""
    let path =
      passage.headingPath.first == title ? Array(passage.headingPath.dropFirst()) : passage.headingPath
    let place = ([title] + path).filter { !$0.isEmpty }.joined(separator: " > ")
    return Chunk.embeddedText(header: place, text: passage.text)
  }

  private var timeout: ModelError {
    ModelError(
      .timeout, provider: "reranker",
      message: "The reranker '\(model.name)' scored no passage within \(options.budget).",
      hint: "Give it more time with RERANK_BUDGET, or fewer passages with RERANK_DEPTH.")
  }

  static func failure(_ error: any Error) -> DegradedReason {
    guard let error = error as? ModelError else {
      return DegradedReason(code: ModelError.Kind.unavailable.rawValue, message: "\(error)")
    }
    return DegradedReason(error)
  }
}
