import Glibc

/// How good one ranking is, by the measures of TREC.
public struct RankingMetrics: Sendable, Equatable, Codable {
  /// Normalised discounted cumulative gain of the first ten: gain is the judgement, discount log2(rank + 1)
  /// (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 20, 2002).
  public var ndcg10 = 0.0
  /// Part of the relevant documents among the first 5, 10 and 100.
  public var recall5 = 0.0
  public var recall10 = 0.0
  public var recall100 = 0.0
  /// 1 over the rank of the first relevant document, if it is among the first ten, else 0.
  public var mrr10 = 0.0

  enum CodingKeys: String, CodingKey {
    case ndcg10 = "ndcg@10"
    case recall5 = "recall@5"
    case recall10 = "recall@10"
    case recall100 = "recall@100"
    case mrr10 = "mrr@10"
  }

  public init() {}

  /// - Parameters:
  ///   - ranking: documents, best first, each once.
  ///   - judgements: relevance by document.
  public init(_ ranking: [String], judgements: [String: Double]) {
    let gains = ranking.map { max(0, judgements[$0] ?? 0) }
    let ideal = judgements.values.filter { $0 > 0 }.sorted(by: >)
    guard !ideal.isEmpty else { return }
    ndcg10 = Self.discounted(gains) / Self.discounted(ideal)
    func recall(_ depth: Int) -> Double { Double(gains.prefix(depth).count { $0 > 0 }) / Double(ideal.count) }
    recall5 = recall(5)
    recall10 = recall(10)
    recall100 = recall(100)
    if let first = gains.prefix(10).firstIndex(where: { $0 > 0 }) { mrr10 = 1 / Double(first + 1) }
  }

  private static func discounted(_ gains: [Double]) -> Double {
    gains.prefix(10).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
  }

  /// The mean of each measure; all 0 for no metrics.
  public static func mean(_ metrics: [RankingMetrics]) -> RankingMetrics {
    func mean(_ path: KeyPath<RankingMetrics, Double>) -> Double {
      metrics.isEmpty ? 0 : metrics.reduce(0) { $0 + $1[keyPath: path] } / Double(metrics.count)
    }
    var result = RankingMetrics()
    result.ndcg10 = mean(\.ndcg10)
    result.recall5 = mean(\.recall5)
    result.recall10 = mean(\.recall10)
    result.recall100 = mean(\.recall100)
    result.mrr10 = mean(\.mrr10)
    return result
  }
}
