import FoundationEssentials

/// Bodies of requests and answers.
enum JSON {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes))
  }
}

/// What every answer is wrapped in. `status` is a string on success and an object on failure.
struct Reply<Result: Decodable>: Decodable {
  enum Status: Decodable {
    case ok(String)
    case failed(String)

    private struct Failure: Decodable {
      var error: String
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .ok(text)
      } else {
        self = .failed(try container.decode(Failure.self).error)
      }
    }
  }

  var result: Result?
  var status: Status?
}

/// A result that nobody looks at.
struct Ignored: Decodable {
  init(from decoder: any Decoder) {}
}
