import Models

/// A way of searching that is measured against another one on the same queries.
public struct AblationVariant: Sendable {
  public var name: String
  /// Whether a search costs so much that it is not made a second time to be timed.
  var isDear = false
  var search: @Sendable (_ text: String, _ limit: Int) async throws -> Found

  /// Passages, best first, and the milliseconds that they took.
  struct Found: Sendable {
    var passages: [Passage]
    var milliseconds: Double
    /// What the reranker did; nil without one.
    var reranking: RerankReport?
  }

  /// The search as it is, or with something changed.
  public init(
    _ name: String, _ searcher: Searcher, mode: SearchMode,
    _ change: @escaping @Sendable (inout SearchQuery) -> Void = { _ in }
  ) {
    self.name = name
    isDear = mode == .reranked || (mode != .lexical && searcher.model.fingerprint.precision == "api")
    search = { text, limit in
      var query = LabelledSet.measured(text, mode, limit)
      change(&query)
      let result = try await searcher.search(query)
      return Found(
        passages: result.passages, milliseconds: result.milliseconds, reranking: result.reranking)
    }
  }

  /// Both legs, their scores combined by a rule that is the same for every question; selected as the searcher does.
  public init(_ name: String, _ searcher: Searcher, fusion: FixedFusion) {
    self.name = name
    search = { text, limit in
      let start = ContinuousClock.now
      let query = LabelledSet.measured(text, .hybrid, limit)
      let (found, corrected) = try await searcher.candidates(for: query, depth: max(100, limit))
      var ranking = Ranking(candidates: fusion.fused(found.scores), mode: .hybrid, read: found.passages)
      var picker = PassagePicker(searcher.selection, limit: limit, question: corrected ?? text)
      while picker.missing > 0 {
        let passages = try await ranking.next(picker.missing)
        if passages.isEmpty { break }
        for passage in passages { picker.add(passage) }
      }
      let passages = try await picker.passages(reading: found.texts)
      return Found(passages: passages, milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }
  }
}

/// What combines the scores of both legs without looking at the question.
public enum FixedFusion: Sendable, Hashable {
  /// Scores scaled to 0...1 over the candidates, that of the dense leg with this weight.
  case convex(dense: Double)
  /// The sum of `1 / (60 + rank)` over the legs (Cormack, Clarke and Büttcher, SIGIR 2009).
  case reciprocalRank

  /// Best first.
  func fused(_ scores: [PassageCandidates.Candidate]) -> [Fusion.Candidate] {
    let values =
      switch self {
      case .convex(let weight): Self.convex(scores, weight)
      case .reciprocalRank: Self.reciprocal(scores)
      }
    return zip(scores, values).map { score, value in
      Fusion.Candidate(chunk: score.chunk, dense: score.dense ?? 0, lexical: score.lexical, fused: value)
    }.sorted { ($0.fused, $1.chunk) > ($1.fused, $0.chunk) }
  }

  private static func convex(_ scores: [PassageCandidates.Candidate], _ weight: Double) -> [Double] {
    let dense = scores.map { $0.dense ?? 0 }
    let (lowest, highest) = (dense.min() ?? 0, dense.max() ?? 0)
    let best = scores.compactMap(\.lexical).max() ?? 0
    return scores.enumerated().map { index, score in
      let near = highest > lowest ? (dense[index] - lowest) / (highest - lowest) : 1
      return best > 0 ? weight * near + (1 - weight) * (score.lexical ?? 0) / best : near
    }
  }

  private static func reciprocal(_ scores: [PassageCandidates.Candidate]) -> [Double] {
    var sums = [Double](repeating: 0, count: scores.count)
    func add(_ order: [Int]) {
      for (rank, index) in order.enumerated() { sums[index] += 1 / Double(61 + rank) }
    }
    add(scores.indices.sorted { (scores[$0].dense ?? -1, $1) > (scores[$1].dense ?? -1, $0) })
    add(
      scores.indices.filter { scores[$0].lexical != nil }.sorted {
        (scores[$0].lexical ?? 0, $1) > (scores[$1].lexical ?? 0, $0)
      })
    return sums
  }
}

extension LabelledSet {
  /// No more than each leg gives to a search for ten passages, so that it ranks them as that does.
  private static let comparedDepth = 100

  /// Runs every query in every variant, one after the other, so that all are timed under the same conditions. The
  /// ranking is that of a search for a hundred passages, which has the same candidates as one for ten, which is timed.
  ///
  /// - Parameter progress: told how many queries are done.
  public func evaluate(
    _ variants: [AblationVariant], progress: (Int) -> Void = { _ in }
  ) async throws -> [RankingReport] {
    var reports = variants.map { RankingReport(mode: $0.name, queries: []) }
    // What a first search loads is not what is measured.
    for variant in variants { _ = try await variant.search("warm up", Self.timedDepth) }
    for (number, query) in queries.enumerated() {
      // Whoever comes first finds the processor's caches cold: each in turn.
      for step in variants.indices {
        try Task.checkCancellation()
        let index = (number + step) % variants.count
        let variant = variants[index]
        let timed = variant.isDear ? nil : try await variant.search(query.text, Self.timedDepth)
        let found = try await variant.search(query.text, Self.comparedDepth)
        let ranking = self.ranking(of: found.passages, for: query)
        reports[index].queries.append(
          RankingReport.Query(
            id: query.id, metrics: RankingMetrics(ranking, judgements: judgements[query.id] ?? [:]),
            milliseconds: (timed ?? found).milliseconds, ranking: Array(ranking.prefix(10)),
            reranking: found.reranking))
      }
      progress(number + 1)
    }
    return reports
  }
}
