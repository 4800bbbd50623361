import Commands
import FoundationEssentials
import Retrieval

/// What each technique of the search gives on one labelled set, and what it costs.
struct Ablation: Encodable {
  /// One technique: the search as it is, or with the technique, against the search without it.
  struct Row: Encodable {
    var technique: String
    /// nDCG@10 of the search that is not the standard one.
    var other: Double
    /// What the technique adds to nDCG@10.
    var gain: Double
    /// 95 % bootstrap interval of the gain.
    var interval: [Double]
    /// Probability of a gain or loss as large by chance.
    var significance: Double
    /// Median of the other search.
    var milliseconds: Double
    /// What the technique adds to the median.
    var cost: Double

    enum CodingKeys: String, CodingKey {
      case technique, gain
      case other = "ndcg@10"
      case interval = "gain_interval"
      case significance = "p"
      case milliseconds = "p50_ms"
      case cost = "cost_ms"
    }
  }

  /// A search that lacks one technique, or has one that is off by default.
  struct Variant {
    var technique: String
    var search: AblationVariant
    /// Whether the technique is what this search has and the standard one has not.
    var adds = false
  }

  var set: String
  var documents: Int
  var queries: Int
  var ndcg10: Double
  var milliseconds: Double
  var rows: [Row]

  enum CodingKeys: String, CodingKey {
    case set, documents, queries, rows
    case ndcg10 = "ndcg@10"
    case milliseconds = "p50_ms"
  }

  /// - Parameters:
  ///   - standard: the search as it is.
  ///   - reports: that of `standard`, then those of `variants`, all of the same queries.
  init(_ set: LabelledSet, standard: RankingReport, _ variants: [(variant: Variant, report: RankingReport)]) {
    self.set = set.name
    documents = set.documents.count
    queries = set.queries.count
    ndcg10 = standard.mean.ndcg10
    milliseconds = standard.median
    rows = variants.map { variant, report in
      let pairs = zip(standard.queries, report.queries).map { ($0.metrics.ndcg10, $1.metrics.ndcg10) }
      let found = PairedComparison(
        standard.mode, report.mode, variant.adds ? pairs.map { ($1, $0) } : pairs)
      return Row(
        technique: variant.technique, other: report.mean.ndcg10, gain: found.difference,
        interval: found.interval, significance: found.significance, milliseconds: report.median,
        cost: (standard.median - report.median) * (variant.adds ? -1 : 1))
    }
  }

  /// A table in Markdown.
  var markdown: String {
    func number(_ value: Double, _ digits: Int) -> String { HumanText.fixed(value, digits: digits) }
    var text = """
      **\(set)**: \(HumanText.count(documents)) documents, \(HumanText.count(queries)) queries; hybrid as it is has \
      nDCG@10 \(number(ndcg10, 4)) in \(number(milliseconds, 2)) ms (p50).

      | technique | nDCG@10 of the other search | it gives | 95 % interval | p | ms of the other search | it costs, ms |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |

      """
    for row in rows {
      let cost = (row.cost < 0 ? "" : "+") + number(row.cost, 2)
      let gain = PairedComparison.signed(row.gain)
      text += """
        | \(row.technique) | \(number(row.other, 4)) | \(row.significance < 0.05 ? "**\(gain)**" : gain) \
        | \(PairedComparison.range(row.interval)) | \(number(row.significance, 4)) \
        | \(number(row.milliseconds, 2)) | \(cost) |

        """
    }
    return text
  }
}
