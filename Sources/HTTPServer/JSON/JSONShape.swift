/// Any JSON, kept only to tell what stands at a path where something else was expected.
indirect enum JSONShape: Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list([JSONShape])
  case object([String: JSONShape])

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      var members: [String: JSONShape] = [:]
      for key in object.allKeys { members[key.stringValue] = try object.decode(JSONShape.self, forKey: key) }
      self = .object(members)
    } else if var list = try? decoder.unkeyedContainer() {
      var elements: [JSONShape] = []
      while !list.isAtEnd { elements.append(try list.decode(JSONShape.self)) }
      self = .list(elements)
    } else {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if let bool = try? value.decode(Bool.self) {
        self = .bool(bool)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .string(try value.decode(String.self))
      }
    }
  }

  /// The value under `path`, or nil if the path leaves the document.
  func value(at path: some Sequence<any CodingKey>) -> JSONShape? {
    var current = self
    for key in path {
      switch current {
      case .object(let members):
        guard let member = members[key.stringValue] else { return nil }
        current = member
      case .list(let elements):
        guard let index = key.intValue, elements.indices.contains(index) else { return nil }
        current = elements[index]
      default:
        return nil
      }
    }
    return current
  }

  /// Numbers that no 64-bit integer equals, and where they stand.
  var numbersThatAreNoInteger: [(path: [any CodingKey], value: Double)] {
    switch self {
    case .number(let value):
      Int64(exactly: value) == nil ? [([], value)] : []
    case .list(let elements):
      elements.enumerated().flatMap { index, element in
        element.numbersThatAreNoInteger.map { ([Key(index)] + $0.path, $0.value) }
      }
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { name, member in
        member.numbersThatAreNoInteger.map { ([Key(stringValue: name)] + $0.path, $0.value) }
      }
    case .null, .bool, .string:
      []
    }
  }

  /// What it is, for a sentence: "a number".
  var kind: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number: "a number"
    case .string: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int?
    init(stringValue: String) { self.stringValue = stringValue }
    init(intValue: Int) { self.init(intValue) }

    init(_ index: Int) {
      stringValue = String(index)
      intValue = index
    }
  }
}
