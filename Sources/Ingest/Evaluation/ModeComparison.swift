import Commands
import Retrieval

/// Whether two ways of searching differ on one set.
struct ModeComparison: Encodable {
  var first: String
  var second: String
  /// Mean nDCG@10 of the first less that of the second.
  var difference: Double
  /// Probability of a difference as large if both came from one distribution, by a paired randomisation test.
  var significance: Double

  enum CodingKeys: String, CodingKey {
    case first, second, difference
    case significance = "p"
  }

  /// Nil unless `reports` has both.
  init?(_ modes: [SearchMode], in reports: [RankingReport]) {
    let found = modes.compactMap { mode in reports.first { $0.mode == mode.rawValue } }
    guard found.count == 2 else { return nil }
    let values = found.map { $0.queries.map(\.metrics.ndcg10) }
    first = found[0].mode
    second = found[1].mode
    difference = found[0].mean.ndcg10 - found[1].mean.ndcg10
    significance = Resampling.significance(values[0], values[1])
  }

  var text: String {
    let sign = difference < 0 ? "" : "+"
    return
      "\(first) against \(second): nDCG@10 \(sign)\(HumanText.fixed(difference, digits: 4)), p = \(HumanText.fixed(significance, digits: 4))\n"
  }
}

extension ValueType<[SearchMode]> {
  /// Two modes with a colon between them.
  static var pair: ValueType<[SearchMode]> {
    ValueType(
      placeholder: "A:B", expectation: "two modes with a colon between them, such as hybrid:dense"
    ) { text, _ in
      let modes = text.split(separator: ":").compactMap { SearchMode(rawValue: String($0)) }
      return modes.count == 2 && modes[0] != modes[1] ? modes : nil
    }
  }
}
