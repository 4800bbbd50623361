import FoundationEssentials

extension JSONValue {
  /// What `JSONEncoder` with its usual settings would write of `value`, without the way over a text.
  ///
  /// - Throws: `EncodingError` for a number that is not finite, and what `value` throws.
  public init(encoding value: some Encodable) throws {
    let node = JSONNode()
    try node.encode(value, at: [])
    self = node.value
  }
}

/// A value that is being encoded: one kind of container, or one value.
private final class JSONNode {
  private var single = JSONValue.object([:])
  private var members: [String: JSONNode]?
  private var elements: [JSONNode]?

  var value: JSONValue {
    if let members { return .object(members.mapValues(\.value)) }
    if let elements { return .array(elements.map(\.value)) }
    return single
  }

  var count: Int { elements?.count ?? 0 }

  func beObject() { if members == nil { members = [:] } }

  func beArray() { if elements == nil { elements = [] } }

  func member(_ key: any CodingKey) -> JSONNode {
    let node = JSONNode()
    members?[key.stringValue] = node
    return node
  }

  func element() -> JSONNode {
    let node = JSONNode()
    elements?.append(node)
    return node
  }

  func set(_ value: JSONValue) { single = value }

  /// What has a form of its own in JSON takes it; the few types that `JSONEncoder` writes in a way of its own go there.
  func encode(_ value: some Encodable, at path: [any CodingKey]) throws {
    switch value {
    case let value as JSONValue: single = value
    case let value as String: single = .string(value)
    case let value as Bool: single = .bool(value)
    case let value as Int: single = .integer(value)
    case let value as Double: single = try Self.number(value, at: path)
    // Its shortest text, and not the value that it has as a `Double`.
    case let value as Float: single = try Self.number(Double("\(value)") ?? Double(value), at: path)
    case let value as any BinaryInteger:
      single = Int(exactly: value).map { .integer($0) } ?? .number(Double(value))
    case is Date, is Data, is URL, is Decimal:
      single = try JSONValue(parsing: JSONEncoder().encode([value])).array?.first ?? .null
    default: try value.encode(to: JSONNodeEncoder(node: self, codingPath: path))
    }
  }

  /// A whole number is one, as it is once it was read from a text.
  private static func number(_ value: Double, at path: [any CodingKey]) throws -> JSONValue {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: path, debugDescription: "JSON has no number \(value)."))
    }
    return Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}

private struct JSONNodeEncoder: Encoder {
  let node: JSONNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.beObject()
    return KeyedEncodingContainer(Members(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.beArray()
    return Elements(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(node: node, codingPath: codingPath)
  }

  private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: JSONNode
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { node.member(key).set(.null) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      try node.member(key).encode(value, at: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      encoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(SuperKey()) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: any CodingKey) -> JSONNodeEncoder {
      JSONNodeEncoder(node: node.member(key), codingPath: codingPath + [key])
    }
  }

  private struct Elements: UnkeyedEncodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    func encodeNil() { node.element().set(.null) }

    func encode(_ value: some Encodable) throws { try node.element().encode(value, at: codingPath) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder }

    private var encoder: JSONNodeEncoder { JSONNodeEncoder(node: node.element(), codingPath: codingPath) }
  }

  private struct Single: SingleValueEncodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]

    func encodeNil() { node.set(.null) }

    func encode(_ value: some Encodable) throws { try node.encode(value, at: codingPath) }
  }

  private struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
  }
}
