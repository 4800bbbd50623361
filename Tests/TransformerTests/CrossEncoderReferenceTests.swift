import FoundationEssentials
import Testing

@testable import Transformer

/// A small model with random weights and the scores that `transformers` gives with it, written by
/// `scripts/cross-encoder-reference.py`.
struct CrossEncoderReferenceTests {
  private struct Case: Decodable {
    var query: String
    var documents: [String]
    var logits: [Double]
  }

  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures/cross-encoder"

  @Test(arguments: [(Precision.f32, 0.0005), (.bf16, 0.02), (.int8, 0.05)])
  func `logits are those of BertForSequenceClassification`(precision: Precision, most: Double) async throws {
    let data = try Data(contentsOf: URL(filePath: Self.folder + "/reference.json"))
    let cases = try JSONDecoder().decode([Case].self, from: data)
    #expect(cases.count == 4)
    let encoder = try CrossEncoder(directory: Self.folder, precision: precision)
    #expect(encoder.labels == 1 && encoder.maximumTokens == 48)
    for example in cases {
      let logits = try await encoder.score(query: example.query, documents: example.documents)
      #expect(
        largestDifference(logits, example.logits) < most, "\(example.query): \(logits) \(example.logits)")
      // The order of so small a model's scores is worth something only if they differ.
      #expect((logits.max() ?? 0) - (logits.min() ?? 0) > 0.1)
    }
  }
}
