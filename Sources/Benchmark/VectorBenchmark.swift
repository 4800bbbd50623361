import FoundationEssentials
import Glibc
import Models
import Retrieval

/// Searches vectors as `scripts/benchmark/vectors.py` asks, one JSON command and one JSON answer a line, so that
/// our runs can be interleaved with others.
struct VectorBenchmark {
  private let index: VectorIndex
  private let queries: EmbeddingMatrix

  private struct Command: Decodable {
    /// `single`, `batch`, `filter` or `add`.
    var run: String
    var limit: Int?
    /// Questions at once.
    var size: Int?
    /// Part of the rows that a filter keeps.
    var keep: Double?
  }

  private struct Reply: Encodable {
    /// Of each question, or of each batch.
    var seconds: [Double] = []
    var rows: [[Int]] = []
    /// Resident memory in bytes.
    var memory = VectorBenchmark.residentBytes
    /// Rows that a filter kept.
    var kept: Int?
  }

  /// - Parameter arguments: file of vectors, file of questions (float32, row-major), dimensions, instruction set.
  static func run(_ arguments: [String]) async throws {
    guard arguments.count >= 3, let dimensions = Int(arguments[2]), dimensions > 0 else {
      throw BenchmarkError("three arguments are needed: VECTORS QUERIES DIMENSIONS [INSTRUCTION-SET]")
    }
    let questions = try MappedFile(arguments[1])
    let clock = ContinuousClock()
    let start = clock.now
    let index: VectorIndex
    do {
      let file = try MappedFile(arguments[0])
      index = VectorIndex(
        file.floats, dimensions: dimensions, group: 10,
        instructionSet: arguments.count > 3 ? arguments[3] : nil)
    }
    try answer(Reply(seconds: [(clock.now - start) / .seconds(1)]))
    let benchmark = VectorBenchmark(
      index: index, queries: EmbeddingMatrix(dimensions: dimensions, values: Array(questions.floats)))
    while let line = readLine() {
      try answer(try await benchmark.reply(try JSONDecoder().decode(Command.self, from: Data(line.utf8))))
    }
  }

  private static func answer(_ reply: Reply) throws {
    print(String(decoding: try JSONEncoder().encode(reply), as: UTF8.self))
    fflush(nil)
  }

  private func reply(_ command: Command) async throws -> Reply {
    var reply = Reply()
    let clock = ContinuousClock()
    var filter: VectorIndex.Filter?
    if let keep = command.keep {
      // Whole documents of ten rows, spread over the corpus.
      let documents = Int(keep * 1_000_000)
      let all = Set((0..<1_000_000).filter { $0 * 7919 % 1_000_000 < documents })
      filter = index.filter(all)
      reply.kept = filter?.count
    }
    let size = command.size ?? 1
    for first in stride(from: 0, to: queries.count - size + 1, by: size) {
      let start = first * queries.dimensions
      let batch = EmbeddingMatrix(
        dimensions: queries.dimensions,
        values: Array(queries.values[start..<start + size * queries.dimensions]))
      let begun = clock.now
      let rows = try await index.nearest(to: batch, limit: command.limit ?? 10, filter: filter)
      reply.seconds.append((clock.now - begun) / .seconds(1))
      reply.rows += rows
    }
    if command.run == "add" {
      // One new row, and the search that must see it.
      let vector = EmbeddingMatrix(dimensions: queries.dimensions, values: Array(queries[0]))
      let begun = clock.now
      let larger = index.adding(vector)
      reply.rows = try await larger.nearest(to: vector, limit: 1)
      reply.seconds = [(clock.now - begun) / .seconds(1)]
    }
    return reply
  }

  /// Memory of this process that is in use (`/proc/self/statm`).
  static var residentBytes: Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(getpagesize()) : 0
  }
}
