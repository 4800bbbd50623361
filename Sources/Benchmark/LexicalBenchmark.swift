import FoundationEssentials
import Glibc
import Retrieval

/// Times the lexical index on passages and questions of the caller's: `lexical PASSAGES QUESTIONS [ROUNDS [K1 B WEIGHT]]`.
///
/// Both files hold one JSON object a line with `_id`, `title` (optional) and `text`. Prints JSON: build and search
/// times, the hits of every question.
enum LexicalBenchmark {
  private struct Record: Decodable {
    var _id: String
    var title: String?
    var text: String
  }

  private struct Report: Encodable {
    var passages: Int
    var bytes: Int
    var buildSeconds: Double
    /// For each round the time of every question, in microseconds.
    var microseconds: [[Double]]
    var hits: [String: [[Double]]]
  }

  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else {
      throw BenchmarkError("usage: Benchmark lexical PASSAGES QUESTIONS [ROUNDS [K1 B WEIGHT]]")
    }
    let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
    let function =
      arguments.count > 4 ? BM25(k1: Double(arguments[3]) ?? 1, b: Double(arguments[4]) ?? 0.5) : BM25()
    let options =
      arguments.count > 5 ? LexicalOptions(headerWeight: Int(arguments[5]) ?? 1) : LexicalOptions()
    let passages = try records(arguments[0])
    let questions = try records(arguments[1])
    let clock = ContinuousClock()
    let start = clock.now
    let index = LexicalIndex(
      of: passages.enumerated().map { (row: $0, document: $0, header: $1.title ?? "", text: $1.text) },
      options: options)
    var report = Report(
      passages: index.count, bytes: index.size, buildSeconds: (clock.now - start) / .seconds(1),
      microseconds: [], hits: [:])
    for round in 0..<rounds {
      var times: [Double] = []
      for question in questions {
        let start = clock.now
        let hits = index.search(
          LexicalQuery(question.text, options: options), limit: 10, function: function)
        times.append((clock.now - start) / .microseconds(1))
        if round == 0 { report.hits[question._id] = hits.map { [Double($0.chunk), $0.score] } }
      }
      report.microseconds.append(times)
    }
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
  }

  private static func records(_ path: String) throws -> [Record] {
    let data = try Data(contentsOf: URL(filePath: path))
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Record.self, from: $0) }
  }
}
