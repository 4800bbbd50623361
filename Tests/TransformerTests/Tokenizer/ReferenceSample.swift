import FoundationEssentials

/// Texts with the ids and vectors that the Python libraries give for all-MiniLM-L6-v2, written by
/// `scripts/embedding-reference.py`.
struct ReferenceSample: Decodable {
  struct Text: Decodable {
    var text: String
    var ids: [Int32]
    /// Empty for texts that only the tokenizer is tested with.
    var vector: [Float]
  }

  /// The pieces that occur in `texts`.
  var vocabulary: [String: Int32]
  var texts: [Text]

  static func load() throws -> ReferenceSample {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let data = try Data(contentsOf: URL(filePath: "/\(here)/Fixtures/minilm-reference.json"))
    return try JSONDecoder().decode(ReferenceSample.self, from: data)
  }
}
