/// How one way of searching does on a labelled set.
public struct RankingReport: Sendable {
  /// How one query did.
  public struct Query: Sendable, Codable {
    public var id: String
    public var metrics: RankingMetrics
    public var milliseconds: Double
    /// The first ten documents.
    public var ranking: [String]
    /// What the reranker did; nil without one.
    public var reranking: RerankReport?
  }

  /// The mode, or the name of the setting that was measured.
  public var mode: String
  public var queries: [Query]

  /// The mean of each measure over all queries.
  public var mean: RankingMetrics { RankingMetrics.mean(queries.map(\.metrics)) }
  /// Latency in milliseconds that half of the queries stay under.
  public var median: Double { percentile(0.5) }

  /// Latency in milliseconds that the given part of the queries stays under.
  public func percentile(_ part: Double) -> Double {
    let sorted = queries.map(\.milliseconds).sorted()
    guard !sorted.isEmpty else { return 0 }
    // The nearest rank: the least value that so many are not above.
    return sorted[min(sorted.count, max(1, Int((part * Double(sorted.count)).rounded(.up)))) - 1]
  }

  /// 95 % interval of the mean of a measure.
  public func interval(_ measure: KeyPath<RankingMetrics, Double>) -> ClosedRange<Double> {
    Resampling.confidenceInterval(queries.map { $0.metrics[keyPath: measure] })
  }
}

extension LabelledSet {
  /// Passages that a ranking is made of: enough for a hundred documents of several chunks each.
  static let depth = 300
  /// Passages of the search that is timed, as many as people get.
  static let timedDepth = 10

  /// Runs every query in `mode` and scores the ranking of documents, each at its best chunk; one whose text was left
  /// out as a near duplicate follows the one that it repeats. The time is that of a search for ten passages, or where
  /// a reranker or a provider takes most of it that of the search that is scored.
  ///
  /// - Parameters:
  ///   - name: what the report calls this way of searching; the mode by default.
  ///   - progress: told how many queries are done.
  /// - Throws: `ModelError`, also where a search that people make would go on by words alone.
  public func evaluate(
    _ searcher: Searcher, mode: SearchMode, name: String? = nil, progress: (Int) -> Void = { _ in }
  ) async throws -> RankingReport {
    var report = RankingReport(mode: name ?? mode.rawValue, queries: [])
    // What a provider bills is not asked for twice.
    let isDear = mode == .reranked || (mode != .lexical && searcher.model.fingerprint.precision == "api")
    // The first search loads the index; it is not what is measured.
    _ = try await searcher.search(Self.measured("warm up", mode, Self.timedDepth))
    for query in queries {
      try Task.checkCancellation()
      let timed =
        isDear
        ? nil : try await searcher.search(Self.measured(query.text, mode, Self.timedDepth))
      let result = try await searcher.search(Self.measured(query.text, mode, Self.depth))
      let ranking = self.ranking(of: result.passages, for: query)
      report.queries.append(
        RankingReport.Query(
          id: query.id, metrics: RankingMetrics(ranking, judgements: judgements[query.id] ?? [:]),
          milliseconds: (timed ?? result).milliseconds, ranking: Array(ranking.prefix(10)),
          reranking: result.reranking))
      progress(report.queries.count)
    }
    return report
  }

  /// A search that fails with the embedding model's provider: by words alone it would be another one than is measured.
  static func measured(_ text: String, _ mode: SearchMode, _ limit: Int) -> SearchQuery {
    var query = SearchQuery(text, mode: mode, limit: limit)
    query.fallsBack = false
    return query
  }

  /// The documents of passages, best first, each once.
  func ranking(of passages: [Passage], for query: Query) -> [String] {
    var seen: Set<String> = []
    return passages.flatMap { [$0.document] + ($0.duplicates ?? []).map(\.document) }.filter {
      seen.insert($0).inserted && !isQuery(query, $0)
    }
  }
}
