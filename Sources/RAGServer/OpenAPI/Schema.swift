import Models

/// JSON Schemas (draft 2020-12, as OpenAPI 3.1 uses them), in few words.
enum Schema {
  static func string(_ description: String = "", format: String? = nil) -> JSONValue {
    make("string", description, format.map { ["format": .string($0)] } ?? [:])
  }

  static func choice(_ values: [String], _ description: String = "") -> JSONValue {
    make("string", description, ["enum": .array(values.map { .string($0) })])
  }

  static func integer(_ description: String = "", _ range: ClosedRange<Int>? = nil, default value: Int? = nil)
    -> JSONValue
  {
    var more: [String: JSONValue] = [:]
    if let range {
      more["minimum"] = .integer(range.lowerBound)
      more["maximum"] = .integer(range.upperBound)
    }
    if let value { more["default"] = .integer(value) }
    return make("integer", description, more)
  }

  static func number(_ description: String = "", _ range: ClosedRange<Int>? = nil) -> JSONValue {
    make(
      "number", description,
      range.map { ["minimum": .integer($0.lowerBound), "maximum": .integer($0.upperBound)] } ?? [:])
  }

  static func boolean(_ description: String = "") -> JSONValue { make("boolean", description) }

  static func array(_ items: JSONValue, _ description: String = "") -> JSONValue {
    make("array", description, ["items": items])
  }

  /// An object; members whose names end with `?` may be absent.
  static func object(_ members: KeyValuePairs<String, JSONValue>, _ description: String = "") -> JSONValue {
    var properties: [String: JSONValue] = [:]
    var required: [JSONValue] = []
    for (name, schema) in members {
      if name.hasSuffix("?") {
        properties[String(name.dropLast())] = schema
      } else {
        properties[name] = schema
        required.append(.string(name))
      }
    }
    var more: [String: JSONValue] = ["properties": .object(properties)]
    if !required.isEmpty { more["required"] = .array(required) }
    return make("object", description, more)
  }

  /// An object with any members.
  static func anyObject(_ description: String = "") -> JSONValue { make("object", description) }

  /// An object whose members are named freely and all of one kind.
  static func map(_ values: JSONValue, _ description: String = "") -> JSONValue {
    make("object", description, ["additionalProperties": values])
  }

  /// A schema of the description's components.
  static func named(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

  private static func make(
    _ type: String, _ description: String, _ more: [String: JSONValue] = [:]
  ) -> JSONValue {
    var members = more
    members["type"] = .string(type)
    if !description.isEmpty { members["description"] = .string(description) }
    return .object(members)
  }
}
