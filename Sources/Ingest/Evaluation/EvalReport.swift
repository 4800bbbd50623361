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
    /// 95 % bootstrap interval of nDCG@10.
    var interval: [Double]
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
      case interval = "ndcg@10_interval"
      case reranking
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
  var comparison: ModeComparison?

  init(
    set: LabelledSet, reports: [RankingReport], answers: AnswerMetrics?, comparison: ModeComparison? = nil
  ) {
    self.comparison = comparison
    self.set = set.name
    documents = set.documents.count
    queries = set.queries.count
    modes = Dictionary(
      reports.map { report in
        let mean = report.mean
        let interval = report.interval
        return (
          report.mode,
          Mode(
            ndcg10: mean.ndcg10, recall5: mean.recall5, recall10: mean.recall10, recall100: mean.recall100,
            mrr10: mean.mrr10, p50: report.median, p95: report.percentile(0.95),
            interval: [interval.lowerBound, interval.upperBound],
            reranking: Reranking(report.queries.compactMap(\.reranking)))
        )
      }, uniquingKeysWith: { $1 })
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

  /// The numbers of a value's JSON.
  private static func numbers(of value: some Encodable) -> [String: Double] {
    guard let data = try? JSONEncoder().encode(value),
      case .object(let members)? = try? JSONValue(parsing: data)
    else { return [:] }
    return members.compactMapValues { member in
      switch member {
      case .number(let number): number
      case .integer(let number): Double(number)
      default: nil
      }
    }
  }

  func text(width: Int?) -> String {
    var table = TextTable([
      TextTable.Column("MODE"), TextTable.Column("nDCG@10", .trailing), TextTable.Column("95 %"),
      TextTable.Column("RECALL@5", .trailing), TextTable.Column("@10", .trailing),
      TextTable.Column("@100", .trailing),
      TextTable.Column("MRR@10", .trailing), TextTable.Column("p50 ms", .trailing),
      TextTable.Column("p95 ms", .trailing),
    ])
    func number(_ value: Double, _ digits: Int = 4) -> String { HumanText.fixed(value, digits: digits) }
    for (name, mode) in modes.sorted(by: { $0.key < $1.key }) {
      table.add([
        name, number(mode.ndcg10), mode.interval.map { number($0, 3) }.joined(separator: "-"),
        number(mode.recall5),
        number(mode.recall10), number(mode.recall100), number(mode.mrr10), number(mode.p50, 2),
        number(mode.p95, 2),
      ])
    }
    var text = "\(set): \(HumanText.count(documents)) documents, \(HumanText.count(queries)) queries\n"
    text += table.text(width: width)
    for mode in modes.values {
      guard let reranking = mode.reranking else { continue }
      text += "Reranked by \(reranking.model): \(number(reranking.scored, 1)) passages a query"
      text += reranking.degraded > 0 ? ", \(HumanText.count(reranking.degraded)) queries without it\n" : "\n"
    }
    if let comparison { text += comparison.text }
    guard let answers else { return text }
    text += """

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
          recall     \(number(answers.refusalRecall))
          precision  \(number(answers.refusalPrecision))

        """
    }
    return text
  }
}
