/// A JSON text as values in their order, as RFC 8259 has it. Foundation's decoder and `JSONValue`, which is made with it,
/// forget the order of members, in which a reader has to meet them.
enum JSONTree: Equatable {
  case null
  case bool(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Member])

  struct Member: Equatable {
    var key: String
    var value: JSONTree
  }

  /// Levels of arrays and objects that are read.
  static let depth = 64

  /// Nil for what is no JSON, and for what is nested deeper than `depth`.
  init?(_ bytes: [UInt8]) {
    var reader = JSONTreeReader(bytes: bytes)
    reader.skipSpace()
    guard let value = reader.value(Self.depth) else { return nil }
    reader.skipSpace()
    guard reader.index == bytes.count else { return nil }
    self = value
  }

  subscript(key: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The first of some members that is there and no null.
  subscript(keys: [String]) -> JSONTree? {
    for key in keys {
      if let value = self[key], value != .null { return value }
    }
    return nil
  }
}

private struct JSONTreeReader {
  let bytes: [UInt8]
  var index = 0

  mutating func skipSpace() {
    while index < bytes.count, bytes[index].isASCIISpace { index += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard index < bytes.count, UInt32(bytes[index]) == sign.value else { return false }
    index += 1
    return true
  }

  mutating func value(_ depth: Int) -> JSONTree? {
    guard depth > 0, index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map(JSONTree.string)
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default:
      let number = bytes[index...].prefix { $0.isASCIIDigit || "+-.eE".utf8.contains($0) }
      guard number.contains(where: \.isASCIIDigit) else { return nil }
      index = number.endIndex
      return .number(number.string)
    }
  }

  private mutating func word(_ word: String, _ value: JSONTree) -> JSONTree? {
    guard bytes[index...].starts(with: word.utf8) else { return nil }
    index += word.utf8.count
    return value
  }

  private mutating func array(_ depth: Int) -> JSONTree? {
    index += 1
    var values: [JSONTree] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      skipSpace()
      guard let value = value(depth - 1) else { return nil }
      values.append(value)
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { return nil }
    }
  }

  private mutating func object(_ depth: Int) -> JSONTree? {
    index += 1
    var members: [JSONTree.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard let key = string() else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      guard let value = value(depth - 1) else { return nil }
      members.append(JSONTree.Member(key: key, value: value))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return text.string }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard index < bytes.count else { return nil }
      let sign = bytes[index]
      index += 1
      switch sign {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
      case UInt8(ascii: "u"):
        guard let scalar = escapedScalar() else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
      default: text.append(sign)
      }
    }
    return nil
  }

  /// The scalar of `\uXXXX`, or of two of them that make a surrogate pair; U+FFFD for half a pair.
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let unit = hexadecimal() else { return nil }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let start = index
    guard unit < 0xDC00, take("\\"), take("u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low)
    else {
      index = start
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
  }

  private mutating func hexadecimal() -> UInt32? {
    guard index + 4 <= bytes.count, let value = UInt32(bytes[index..<index + 4].string, radix: 16) else {
      return nil
    }
    index += 4
    return value
  }
}
