import FoundationEssentials
import Retrieval

/// One JSON line for each query and mode, for comparing two runs.
struct PerQueryFile {
  struct Line: Codable {
    var mode: String
    var query: String
    var ndcg10: Double
    var milliseconds: Double
    var ranking: [String]
  }

  let lines: [Line]

  init(_ reports: [RankingReport]) {
    lines = reports.flatMap { report in
      report.queries.map { query in
        Line(
          mode: report.mode, query: query.id, ndcg10: query.metrics.ndcg10, milliseconds: query.milliseconds,
          ranking: query.ranking)
      }
    }
  }

  init(contentsOf path: String) throws {
    let decoder = JSONDecoder()
    lines = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
      .map { try decoder.decode(Line.self, from: Data($0.utf8)) }
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}
