import Answering
import Commands
import FoundationEssentials
import Models
import Retrieval

/// Results of `ingest eval`, for people and as JSON.
struct EvalReport: Encodable {
  struct Mode: Encodable {
    var ndcg10: Double
    var recall5: Double
    var recall10: Double
    var recall100: Double
    var mrr10: Double
    var p50: Double
    var p95: Double
    /// 95 % bootstrap intervals of the means.
    var intervals: [Measure: [Double]]
    /// What the reranker did; nil for modes without one.
    var reranking: Reranking?

    enum CodingKeys: String, CodingKey {
      case ndcg10 = "ndcg@10"
      case recall5 = "recall@5"
      case recall10 = "recall@10"
      case recall100 = "recall@100"
      case mrr10 = "mrr@10"
      case p50 = "p50_ms"
      case p95 = "p95_ms"
      case reranking
    }

    init(_ report: RankingReport) {
      let mean = report.mean
      (ndcg10, mrr10) = (mean.ndcg10, mean.mrr10)
      (recall5, recall10, recall100) = (mean.recall5, mean.recall10, mean.recall100)
      (p50, p95) = (report.median, report.percentile(0.95))
      intervals = [:]
      for measure in Measure.allCases {
        let interval = report.interval(measure.path)
        intervals[measure] = [interval.lowerBound, interval.upperBound]
      }
      reranking = Reranking(report.queries.compactMap(\.reranking))
    }

    /// An interval goes by the name of its measure, such as `ndcg@10_interval`.
    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(ndcg10, forKey: .ndcg10)
      try values.encode(recall5, forKey: .recall5)
      try values.encode(recall10, forKey: .recall10)
      try values.encode(recall100, forKey: .recall100)
      try values.encode(mrr10, forKey: .mrr10)
      try values.encode(p50, forKey: .p50)
      try values.encode(p95, forKey: .p95)
      try values.encodeIfPresent(reranking, forKey: .reranking)
      var more = encoder.container(keyedBy: IntervalKey.self)
      for (measure, interval) in intervals {
        try more.encode(interval, forKey: IntervalKey(stringValue: measure.rawValue + "_interval"))
      }
    }

    private struct IntervalKey: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  struct Reranking: Encodable {
    var model: String
    /// Mean of the passages that were scored.
    var scored: Double
    /// Queries that kept the order of the search.
    var degraded: Int

    init?(_ reports: [RerankReport]) {
      guard let model = reports.lazy.compactMap(\.model).first else { return nil }
      self.model = model
      scored = Double(reports.reduce(0) { $0 + $1.scored }) / Double(reports.count)
      degraded = reports.count(where: \.degraded)
    }
  }

  var set: String
  var documents: Int
  var queries: Int
  var modes: [String: Mode]
  var answers: AnswerMetrics?
  var comparison: PairedComparison?

  init(
    set: LabelledSet, reports: [RankingReport], answers: AnswerMetrics?, comparison: PairedComparison? = nil
  ) {
    self.comparison = comparison
    self.set = set.name
    documents = set.documents.count
    queries = set.queries.count
    modes = Dictionary(reports.map { ($0.mode, Mode($0)) }, uniquingKeysWith: { $1 })
    self.answers = answers
  }

  /// Every number by the name that a requirement gives it, such as `hybrid.ndcg@10`.
  var measures: [String: Double] {
    var measures: [String: Double] = [:]
    for (name, mode) in modes {
      for (key, value) in Self.numbers(of: mode) { measures["\(name).\(key)"] = value }
    }
    if let answers {
      for (key, value) in Self.numbers(of: answers) { measures["answers.\(key)"] = value }
    }
    return measures
  }

  /// The numbers of a value's JSON; what stands in an object within goes by both names, such as `confidence.brier`.
  private static func numbers(of value: some Encodable) -> [String: Double] {
    guard let data = try? JSONEncoder().encode(value), let json = try? JSONValue(parsing: data) else {
      return [:]
    }
    return numbers(in: json)
  }

  private static func numbers(in json: JSONValue) -> [String: Double] {
    guard case .object(let members) = json else { return [:] }
    var numbers: [String: Double] = [:]
    for (name, member) in members {
      switch member {
      case .number(let number): numbers[name] = number
      case .integer(let number): numbers[name] = Double(number)
      case .object:
        for (inner, number) in Self.numbers(in: member) { numbers["\(name).\(inner)"] = number }
      default: break
      }
    }
    return numbers
  }

  func text(width: Int?) -> String {
    var table = TextTable(
      [TextTable.Column("MODE")]
        + ["nDCG@10", "RECALL@5", "@10", "@100", "MRR@10", "p50 ms", "p95 ms"].map {
          TextTable.Column($0, .trailing)
        })
    func number(_ value: Double, _ digits: Int = 4) -> String { HumanText.fixed(value, digits: digits) }
    for (name, mode) in modes.sorted(by: { $0.key < $1.key }) {
      // Half the width of the interval says how far to trust a number.
      func measured(_ measure: Measure, _ value: Double) -> String {
        let interval = mode.intervals[measure] ?? [value, value]
        return "\(number(value)) ±\(number((interval[1] - interval[0]) / 2, 3))"
      }
      table.add([
        name, measured(.ndcg10, mode.ndcg10), measured(.recall5, mode.recall5),
        measured(.recall10, mode.recall10), measured(.recall100, mode.recall100),
        measured(.mrr10, mode.mrr10), number(mode.p50, 2), number(mode.p95, 2),
      ])
    }
    var text = "\(set): \(HumanText.count(documents)) documents, \(HumanText.count(queries)) queries\n"
    text += table.text(width: width) + "± is half the 95 % bootstrap interval.\n"
    for mode in modes.values {
      guard let reranking = mode.reranking else { continue }
      text += "Reranked by \(reranking.model): \(number(reranking.scored, 1)) passages a query"
      text += reranking.degraded > 0 ? ", \(HumanText.count(reranking.degraded)) queries without it\n" : "\n"
    }
    if let comparison { text += comparison.text }
    return text + (answers.map { Self.text(of: $0) } ?? "")
  }

  private static func text(of answers: AnswerMetrics) -> String {
    func number(_ value: Double, _ digits: Int = 4) -> String { HumanText.fixed(value, digits: digits) }
    var text =
      answers.questions == 0
      ? ""
      : """

      Answers to \(HumanText.count(answers.questions)) questions
        gold answer contained    \(number(answers.contained)) (a constant answer: \(number(answers.constantContained)))
        F1 of the best sentence  \(number(answers.f1)) (a constant answer: \(number(answers.constantF1)))
        citation holds the gold  \(number(answers.citationPrecision))
        words                    \(number(answers.words, 1))
        refused though answered  \(number(answers.refusedAnswerable))

      """
    if answers.unanswerable > 0 {
      text += """
        Refusals of \(HumanText.count(answers.unanswerable)) questions without an answer
          recall     \(number(answers.refusalRecall)) (refusing every question: 1.0000)
          precision  \(number(answers.refusalPrecision)) (refusing every question: 0.5000)

        """
    }
    if let confidence = answers.confidence {
      text += """
        Confidence, against whether a reply contains a gold answer
          Brier score        \(number(confidence.brier)) (always the mean: \(number(confidence.constantBrier)))
          calibration error  \(number(confidence.error))

        """
      for bin in confidence.bins {
        text += """
            from \(number(bin.from, 1)): \(HumanText.count(bin.count)) replies, \
          \(number(bin.stated, 2)) stated, \(number(bin.observed, 2)) right

          """
      }
    }
    return text
  }
}
