/// A JSON document (RFC 8259). Objects keep their order; of repeated keys the last one counts.
///
/// Written here because the vocabulary of a tokenizer is one object of tens of thousands of members, which
/// has to be read within a few milliseconds of a program's start.
enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// Parses the file at `path`.
  static func read(_ path: String) throws(TransformerError) -> JSONValue {
    let file = try MappedFile(path: path)
    return try parse(file.bytes, file: path)
  }

  static func parse(_ bytes: UnsafeRawBufferPointer, file: String) throws(TransformerError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    do {
      return try parser.document()
    } catch {
      throw .malformed(file: file, reason: "\(error.reason) at byte \(error.position)")
    }
  }

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  var object: [JSONMember]? { if case .object(let value) = self { value } else { nil } }
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// A key of an object with its value.
struct JSONMember: Equatable, Sendable {
  var key: String
  var value: JSONValue
}
