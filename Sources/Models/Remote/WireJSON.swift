import FoundationEssentials

/// JSON as providers speak it: member names in snake case, absent members left out. Keys of dictionaries,
/// and so of `JSONValue`, stay as they are.
enum WireJSON {
  /// Sorted, so that equal requests are equal bytes, which providers' prompt caches reward.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes))
  }
}
