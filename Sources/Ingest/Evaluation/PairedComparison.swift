import Commands
import Retrieval

/// Whether two ways of searching differ, by one measure of the same queries.
struct PairedComparison: Encodable {
  var first: String
  var second: String
  var measure: String
  var queries: Int
  /// Means of the measure.
  var firstMean: Double
  var secondMean: Double
  /// The first less the second.
  var difference: Double
  /// 95 % bootstrap interval of the difference.
  var interval: [Double]
  /// Probability of a difference as large if both came from one distribution, by a paired randomisation test.
  var significance: Double

  enum CodingKeys: String, CodingKey {
    case first, second, measure, queries, difference
    case firstMean = "first_mean"
    case secondMean = "second_mean"
    case interval = "difference_interval"
    case significance = "p"
  }

  /// - Parameter pairs: values of the measure for each query, not empty.
  init(_ first: String, _ second: String, measure: Measure = .ndcg10, _ pairs: [(Double, Double)]) {
    self.first = first
    self.second = second
    self.measure = measure.rawValue
    queries = pairs.count
    let count = Double(max(1, pairs.count))
    let values = (pairs.map(\.0), pairs.map(\.1))
    firstMean = values.0.reduce(0, +) / count
    secondMean = values.1.reduce(0, +) / count
    difference = firstMean - secondMean
    let interval = Resampling.confidenceInterval(values.0, values.1)
    self.interval = [interval.lowerBound, interval.upperBound]
    significance = Resampling.significance(values.0, values.1)
  }

  /// Nil unless `reports` has both.
  init?(_ names: [String], in reports: [RankingReport]) {
    let found = names.compactMap { name in reports.first { $0.mode == name } }
    guard found.count == 2 else { return nil }
    let path = Measure.ndcg10.path
    let pairs = zip(found[0].queries, found[1].queries).map {
      ($0.metrics[keyPath: path], $1.metrics[keyPath: path])
    }
    self.init(names[0], names[1], pairs)
  }

  var text: String {
    "\(first) against \(second): nDCG@10 \(Self.signed(difference)) (\(Self.range(interval))), p = \(HumanText.fixed(significance, digits: 4))\n"
  }

  /// With its sign.
  static func signed(_ number: Double) -> String {
    (number < 0 ? "" : "+") + HumanText.fixed(number, digits: 4)
  }

  /// Two ends, with their signs.
  static func range(_ interval: [Double]) -> String {
    interval.map { signed($0) }.joined(separator: " to ")
  }
}

/// A measure of a ranking, by the name that the JSON has for it.
enum Measure: String, CaseIterable, Sendable {
  case ndcg10 = "ndcg@10"
  case recall5 = "recall@5"
  case recall10 = "recall@10"
  case recall100 = "recall@100"
  case mrr10 = "mrr@10"

  var path: KeyPath<RankingMetrics, Double> {
    switch self {
    case .ndcg10: \.ndcg10
    case .recall5: \.recall5
    case .recall10: \.recall10
    case .recall100: \.recall100
    case .mrr10: \.mrr10
    }
  }
}
