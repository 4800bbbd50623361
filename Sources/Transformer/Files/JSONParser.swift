/// Where and why a text is not JSON.
struct JSONError: Error {
  var reason: String
  var position: Int
}

/// A recursive-descent parser over bytes that need not stay alive afterwards.
struct JSONParser {
  private static let deepest = 64

  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// The keys that lead to a list of pieces, which is read into `scoredPieces` in place of a value.
  private let path: [String]
  /// How many of these keys lead to the place where the parser is.
  private var keysOnPath = 0
  private(set) var scoredPieces: ScoredPieces?

  init(bytes: UnsafeRawBufferPointer, scoredPieces path: [String] = []) {
    self.bytes = bytes
    self.path = path
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw error("text after the end") }
    return value
  }

  func error(_ reason: String) -> JSONError { JSONError(reason: reason, position: position) }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  /// The next byte that is not white space, not consumed; 0 at the end.
  mutating func peek() -> UInt8 {
    skipSpace()
    return position < bytes.count ? bytes[position] : 0
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < Self.deepest else { throw error("nested more than \(Self.deepest) deep") }
    switch peek() {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error(position < bytes.count ? "unexpected character" : "unexpected end")
    }
  }

  private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { throw error("unexpected end") }
    for i in 0..<count where bytes[position + i] != text.utf8Start[i] { throw error("unexpected character") }
    position += count
    return value
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    position += 1
    if peek() == UInt8(ascii: "}") {
      position += 1
      return members
    }
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw error("expected a key") }
      let key = try string()
      guard peek() == UInt8(ascii: ":") else { throw error("expected ':'") }
      position += 1
      members.append(JSONMember(key: key, value: try value(of: key, depth: depth)))
      if try ends(with: UInt8(ascii: "}")) { return members }
    }
  }

  private mutating func value(of key: String, depth: Int) throws(JSONError) -> JSONValue {
    guard keysOnPath == depth - 1, depth <= path.count, path[depth - 1] == key else {
      return try value(depth: depth)
    }
    if depth == path.count, peek() == UInt8(ascii: "[") {
      scoredPieces = try readScoredPieces()
      return .null
    }
    keysOnPath += 1
    defer { keysOnPath -= 1 }
    return try value(depth: depth)
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    position += 1
    if peek() == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth))
      if try ends(with: UInt8(ascii: "]")) { return elements }
    }
  }

  /// Consumes a comma (false) or the end of a list (true).
  mutating func ends(with closing: UInt8) throws(JSONError) -> Bool {
    let byte = peek()
    guard byte == closing || byte == UInt8(ascii: ",") else { throw error("expected ',' or an end") }
    position += 1
    return byte == closing
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    var isInteger = true
    scan: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): position += 1
      case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        isInteger = false
        position += 1
      default: break scan
      }
    }
    let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error("not a number") }
    return .number(value)
  }

  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
    var text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        position += 1
        return text
      }
      if bytes[position] == UInt8(ascii: "\\") {
        text.unicodeScalars.append(try escape())
        continue
      }
      let start = position
      while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
        bytes[position] != UInt8(ascii: "\\")
      {
        position += 1
      }
      text += String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    }
    throw error("a string without an end")
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard position + 1 < bytes.count else { throw error("unexpected end") }
    let code = bytes[position + 1]
    position += 2
    switch code {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(code)
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard 0xD800..<0xDC00 ~= first else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      else { return "\u{FFFD}" }
      position += 2
      let second = try hexadecimal()
      guard 0xDC00..<0xE000 ~= second else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    default: throw error("unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw error("unexpected end") }
    var value: UInt32 = 0
    for i in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position + i])).hexDigitValue
      else { throw error("not four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
