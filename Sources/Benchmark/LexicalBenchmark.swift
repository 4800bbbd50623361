import FoundationEssentials
import Glibc
import Retrieval

/// Times the lexical index on passages and questions of the caller's: `lexical PASSAGES QUESTIONS [K1 B WEIGHT]`.
///
/// Both files hold one JSON object a line with `_id`, `title` (optional) and `text`. Prints one JSON object about the
/// index and what it finds, then for each line on standard input one array with the microseconds of every question,
/// so that a caller can interleave our rounds with others.
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
    /// Chunk and score of the ten best of every question.
    var hits: [String: [[Double]]] = [:]
  }

  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else {
      throw BenchmarkError("usage: Benchmark lexical PASSAGES QUESTIONS [K1 B WEIGHT]")
    }
    let function =
      arguments.count > 3 ? BM25(k1: Double(arguments[2]) ?? 1, b: Double(arguments[3]) ?? 0.5) : BM25()
    let options =
      arguments.count > 4 ? LexicalOptions(headerWeight: Int(arguments[4]) ?? 1) : LexicalOptions()
    let passages = try records(arguments[0])
    let questions = try records(arguments[1])
    let clock = ContinuousClock()
    let start = clock.now
    let index = LexicalIndex(
      of: passages.enumerated().map { (row: $0, document: $0, header: $1.title ?? "", text: $1.text) },
      options: options)
    func search(_ question: Record) -> [LexicalHit] {
      index.search(LexicalQuery(question.text, options: options), limit: 10, function: function)
    }
    var report = Report(
      passages: index.count, bytes: index.size, buildSeconds: (clock.now - start) / .seconds(1))
    for question in questions {
      report.hits[question._id] = search(question).map { [Double($0.chunk), $0.score] }
    }
    try answer(report)
    while readLine() != nil {
      try answer(questions.map { question in clock.measure { _ = search(question) } / .microseconds(1) })
    }
  }

  private static func answer(_ value: some Encodable) throws {
    print(String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
    fflush(nil)
  }

  private static func records(_ path: String) throws -> [Record] {
    let data = try Data(contentsOf: URL(filePath: path))
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Record.self, from: $0) }
  }
}
