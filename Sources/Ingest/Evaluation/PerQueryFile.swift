import Answering
import FoundationEssentials
import Retrieval

/// One JSON line for each query and setting, for comparing two runs, and one for each reply.
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

  /// A reply, told from rankings by its mode.
  private struct ReplyLine: Codable {
    static let mode = "answers"

    var mode: String
    var reply: JudgedReply

    enum CodingKeys: String, CodingKey {
      case mode
    }

    init(_ reply: JudgedReply) {
      mode = Self.mode
      self.reply = reply
    }

    /// - Throws: `DecodingError` if the line is of another mode.
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      mode = try values.decode(String.self, forKey: .mode)
      guard mode == Self.mode else {
        throw DecodingError.dataCorruptedError(forKey: .mode, in: values, debugDescription: "no reply")
      }
      reply = try JudgedReply(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(mode, forKey: .mode)
      try reply.encode(to: encoder)
    }
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let lines: [Line]
  let replies: [JudgedReply]

  init(_ reports: [RankingReport], replies: [JudgedReply] = []) {
    lines = reports.flatMap { report in report.queries.map { Line(report.mode, $0) } }
    self.replies = replies
  }

  init(contentsOf path: String) throws {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw Failure(description: "Cannot read '\(path)'.")
    }
    let decoder = JSONDecoder()
    var lines: [Line] = []
    var replies: [JudgedReply] = []
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      if let line = try? decoder.decode(Line.self, from: Data(line)) {
        lines.append(line)
      } else if let line = try? decoder.decode(ReplyLine.self, from: Data(line)) {
        replies.append(line.reply)
      } else {
        throw Failure(
          description: "'\(path)', line \(index + 1), was not written by this 'ingest eval --per-query'.")
      }
    }
    self.lines = lines
    self.replies = replies
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let all = try lines.map { try encoder.encode($0) } + replies.map { try encoder.encode(ReplyLine($0)) }
    try FileWriter.write(all.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined(), to: path)
  }
}
