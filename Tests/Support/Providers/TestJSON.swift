import FoundationEssentials

/// JSON as the tests read and write it, apart from the code under test.
public enum TestJSON: Sendable, Equatable, Codable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([TestJSON])
  case object([String: TestJSON])

  /// Nil where the bytes are not JSON.
  public init?(_ bytes: some Sequence<UInt8>) {
    guard let value = try? JSONDecoder().decode(TestJSON.self, from: Data(bytes)) else { return nil }
    self = value
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([TestJSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: TestJSON].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  public var text: String {
    guard let data = try? JSONEncoder().encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  public subscript(key: String) -> TestJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  public subscript(index: Int) -> TestJSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  public var members: [String: TestJSON]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  public var elements: [TestJSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  public var number: Double? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  /// Each element as a string, nil unless all are.
  public var strings: [String]? {
    guard let elements else { return nil }
    let strings = elements.compactMap(\.string)
    return strings.count == elements.count ? strings : nil
  }
}

extension TestJSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: TestJSON...) { self = .array(elements) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(dictionaryLiteral elements: (String, TestJSON)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}
