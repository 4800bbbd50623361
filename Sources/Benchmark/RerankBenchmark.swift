import FoundationEssentials
import Transformer

/// Scores passages with a cross-encoder, for `scripts/cross-encoder-reference.py`.
enum RerankBenchmark {
  private struct Case: Decodable {
    var query: String
    var documents: [String]
  }

  private struct Line: Encodable {
    /// Of the last label.
    var logits: [Float]
    var seconds: Double
  }

  /// Reads a case a line and answers each with a line; the model has run once before.
  static func run(model: String, precision: Precision) async throws {
    let encoder = try CrossEncoder(directory: model, precision: precision)
    _ = try await encoder.score(query: "warm", documents: Array(repeating: "up", count: 16))
    while let line = readLine() {
      let input = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
      var values: [Float] = []
      let time = try await ContinuousClock().measure {
        values = try await encoder.score(query: input.query, documents: input.documents)
      }
      let logits = stride(from: encoder.labels - 1, to: values.count, by: encoder.labels).map { values[$0] }
      let data = try JSONEncoder().encode(Line(logits: logits, seconds: time / .seconds(1)))
      print(String(decoding: data, as: UTF8.self))
    }
  }
}
