import Models

/// One walk over a value and the schema that describes it.
struct SchemaCheck {
  let root: JSONValue
  /// Deepest nesting followed, so that a schema that refers to itself comes to an end.
  private static let depthLimit = 64

  func problems(_ value: JSONValue, _ schema: JSONValue, at path: String, depth: Int) -> [String] {
    if case .bool(let allows) = schema { return allows ? [] : [problem(path, "is not allowed")] }
    guard depth < Self.depthLimit else { return [problem(path, "is nested too deeply to be checked")] }
    if value == .null, schema["nullable"] == .bool(true) { return [] }
    var found = typeProblems(value, schema, at: path)
    // What else a value of the wrong type lacks is no news.
    if !found.isEmpty { return found }
    found += choiceProblems(value, schema, at: path)
    switch value {
    case .string(let text): found += textProblems(text, schema, at: path)
    case .integer, .number: found += numberProblems(value, schema, at: path)
    case .array(let elements): found += arrayProblems(elements, schema, at: path, depth)
    case .object(let members): found += objectProblems(members, schema, at: path, depth)
    case .null, .bool: break
    }
    return found + combinedProblems(value, schema, at: path, depth)
  }

  func problem(_ path: String, _ text: String) -> String { path.isEmpty ? text : "\(path): \(text)" }

  // MARK: Type and choice

  private func typeProblems(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    let types: [String]
    switch schema["type"] {
    case .string(let type)?: types = [type]
    case .array(let list)?: types = list.compactMap(\.string)
    default: return []
    }
    guard !types.isEmpty, !types.contains(where: { value.isOfType($0) }) else { return [] }
    return [problem(path, "expected \(types.joined(separator: " or ")), found \(value.typeName)")]
  }

  private func choiceProblems(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    if let only = schema["const"], !value.isEqual(to: only) {
      return [problem(path, "expected \(only.text), found \(value.text.shortened)")]
    }
    guard let choices = schema["enum"]?.array, !choices.contains(where: { value.isEqual(to: $0) }) else {
      return []
    }
    let list = choices.map(\.text).joined(separator: ", ")
    return [problem(path, "expected one of \(list), found \(value.text.shortened)")]
  }

  // MARK: References and combinations

  private func combinedProblems(
    _ value: JSONValue, _ schema: JSONValue, at path: String, _ depth: Int
  ) -> [String] {
    var found: [String] = []
    if let target = schema["$ref"]?.string.flatMap(resolve) {
      found += problems(value, target, at: path, depth: depth + 1)
    }
    for part in schema["allOf"]?.array ?? [] { found += problems(value, part, at: path, depth: depth + 1) }
    if let branches = schema["anyOf"]?.array ?? schema["oneOf"]?.array, !branches.isEmpty {
      let results = branches.map { problems(value, $0, at: path, depth: depth + 1) }
      let fitting = results.count(where: \.isEmpty)
      if fitting == 0 {
        // The branch that was probably meant has the least to complain about.
        found += results.min { $0.count < $1.count } ?? []
      } else if fitting > 1, schema["anyOf"] == nil {
        found.append(problem(path, "fits \(fitting) of the forms of which it may have one"))
      }
    }
    if let forbidden = schema["not"], problems(value, forbidden, at: path, depth: depth + 1).isEmpty {
      found.append(problem(path, "has a form that is not allowed"))
    }
    if let condition = schema["if"] {
      let holds = problems(value, condition, at: path, depth: depth + 1).isEmpty
      if let branch = schema[holds ? "then" : "else"] {
        found += problems(value, branch, at: path, depth: depth + 1)
      }
    }
    return found
  }

  /// The schema that a JSON pointer within the root names (RFC 6901); nil for any other reference.
  private func resolve(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#") else { return nil }
    var current = root
    for part in reference.dropFirst().split(separator: "/") {
      let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
      guard let next = current[String(name)] else { return nil }
      current = next
    }
    return current
  }
}

extension JSONValue {
  /// The type's name in JSON Schema.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// Whether the value is of the JSON Schema type `name`; 1.0 is an integer there.
  fileprivate func isOfType(_ name: String) -> Bool {
    switch name {
    case "integer": integer != nil
    case "number": number != nil
    default: typeName == name
    }
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// Equality in which 1 and 1.0 are the same number.
  func isEqual(to other: JSONValue) -> Bool {
    if let number, let theirs = other.number { return number == theirs }
    return self == other
  }
}

extension String {
  /// At most 60 characters, for error messages.
  var shortened: String { count > 60 ? prefix(60) + "…" : self }
}
