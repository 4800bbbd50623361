/// How one way of searching does on a labelled set.
public struct RankingReport: Sendable {
  public struct Query: Sendable, Codable {
    public var id: String
    public var metrics: RankingMetrics
    public var milliseconds: Double
    /// The first ten documents.
    public var ranking: [String]
    /// What the reranker did; nil without one.
    public var reranking: RerankReport?
  }

  public var mode: String
  public var queries: [Query]

  public var mean: RankingMetrics { RankingMetrics.mean(queries.map(\.metrics)) }
  public var median: Double { percentile(0.5) }

  /// Latency in milliseconds that the given part of the queries stays under.
  public func percentile(_ part: Double) -> Double {
    let sorted = queries.map(\.milliseconds).sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))]
  }

  /// 95 % interval of the mean nDCG@10.
  public var interval: ClosedRange<Double> { Resampling.confidenceInterval(queries.map(\.metrics.ndcg10)) }
}

extension LabelledSet {
  /// Runs every query in `mode` and scores the ranking of documents, each at its best chunk; one whose text was left
  /// out as a near duplicate follows the one that it repeats.
  public func evaluate(_ searcher: Searcher, mode: SearchMode) async throws -> RankingReport {
    var report = RankingReport(mode: mode.rawValue, queries: [])
    // The first search loads the index; it is not what is measured.
    _ = try await searcher.search(SearchQuery("warm up", mode: mode))
    for query in queries {
      try Task.checkCancellation()
      let result = try await searcher.search(SearchQuery(query.text, mode: mode, limit: 300))
      var seen: Set<String> = []
      let ranking = result.passages.flatMap { [$0.document] + ($0.duplicates ?? []).map(\.document) }.filter {
        seen.insert($0).inserted
      }
      report.queries.append(
        RankingReport.Query(
          id: query.id, metrics: RankingMetrics(ranking, judgements: judgements[query.id] ?? [:]),
          milliseconds: result.milliseconds, ranking: Array(ranking.prefix(10)), reranking: result.reranking))
    }
    return report
  }
}
