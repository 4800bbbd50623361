import FoundationEssentials

/// A small Unigram tokenizer with what the Python libraries give for hard texts, written by
/// `scripts/unigram-reference.py`.
struct UnigramReference: Decodable {
  struct Text: Decodable {
    var text: String
    var ids: [Int32]
    /// Absent or empty for texts that only the tokenizer is tested with.
    var vector: [Float]?
  }

  struct Pair: Decodable {
    var first: String
    var second: String
    /// How many ids both may have with the special ones.
    var most: Int
    var ids: [Int32]
    var logit: Double?
  }

  /// The folders of tokenizers: the same vocabulary as different models' files describe it.
  static let names = ["xlm-roberta", "bge-m3", "bytes"]

  var texts: [Text]
  var pairs: [Pair]

  static func folder(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/unigram/" + name
  }

  static func load(_ name: String) throws -> UnigramReference {
    let data = try Data(contentsOf: URL(filePath: folder(name) + "/reference.json"))
    return try JSONDecoder().decode(UnigramReference.self, from: data)
  }
}
