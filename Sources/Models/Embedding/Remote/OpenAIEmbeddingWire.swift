import FoundationEssentials

struct OpenAIEmbeddingRequest: Encodable, Sendable {
  var input: [String]
  var model: String
  var encodingFormat: String?
  var dimensions: Int?
}

struct OpenAIEmbeddingResponse: Decodable {
  struct Item: Decodable {
    var index: Int?
    var embedding: Vector
  }

  struct Usage: Decodable {
    var promptTokens: Int?
    var totalTokens: Int?
  }

  /// A list of numbers, or base64 of 32-bit floats, least significant byte first.
  struct Vector: Decodable {
    var values: [Float]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      guard let text = try? container.decode(String.self) else {
        values = try container.decode([Float].self)
        return
      }
      guard let data = Data(base64Encoded: text), data.count % 4 == 0 else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64 of floats")
      }
      values = data.withUnsafeBytes { bytes in
        (0..<bytes.count / 4).map { index in
          let bits = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
    }
  }

  var data: [Item]
  var usage: Usage?

  /// The vectors in the order of the texts: `index` decides, not the position.
  func orderedVectors(count: Int, errors: ErrorContext) throws(ModelError) -> [[Float]] {
    guard data.count == count else {
      throw errors.invalid("\(data.count) vectors came for \(count) texts")
    }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (position, item) in data.enumerated() {
      let index = item.index ?? position
      guard vectors.indices.contains(index), vectors[index] == nil else {
        throw errors.invalid("the index \(index) is out of range or came twice")
      }
      vectors[index] = item.embedding.values
    }
    return vectors.compactMap { $0 }
  }
}
