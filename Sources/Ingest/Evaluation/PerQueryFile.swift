import FoundationEssentials
import Retrieval

/// One JSON line for each query and setting, for comparing two runs.
struct PerQueryFile {
  struct Line: Codable {
    /// The mode, or the name of the setting.
    var mode: String
    var query: String
    var metrics: RankingMetrics
    var milliseconds: Double
    var ranking: [String]

    enum CodingKeys: String, CodingKey {
      case mode, query, milliseconds, ranking
    }

    init(_ mode: String, _ query: RankingReport.Query) {
      self.mode = mode
      self.query = query.id
      metrics = query.metrics
      milliseconds = query.milliseconds
      ranking = query.ranking
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      mode = try values.decode(String.self, forKey: .mode)
      query = try values.decode(String.self, forKey: .query)
      milliseconds = try values.decode(Double.self, forKey: .milliseconds)
      ranking = try values.decode([String].self, forKey: .ranking)
      metrics = try RankingMetrics(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(mode, forKey: .mode)
      try values.encode(query, forKey: .query)
      try values.encode(milliseconds, forKey: .milliseconds)
      try values.encode(ranking, forKey: .ranking)
      try metrics.encode(to: encoder)
    }
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let lines: [Line]

  init(_ reports: [RankingReport]) {
    lines = reports.flatMap { report in report.queries.map { Line(report.mode, $0) } }
  }

  init(contentsOf path: String) throws {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw Failure(description: "Cannot read '\(path)'.")
    }
    let decoder = JSONDecoder()
    lines = try data.split(separator: 0x0A).enumerated().map { index, line in
      do {
        return try decoder.decode(Line.self, from: Data(line))
      } catch {
        throw Failure(
          description: "'\(path)', line \(index + 1), was not written by this 'ingest eval --per-query'.")
      }
    }
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    try FileWriter.write(text, to: path)
  }
}
