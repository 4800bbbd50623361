import Models

extension SchemaCheck {
  func textProblems(_ text: String, _ schema: JSONValue, at path: String) -> [String] {
    var found: [String] = []
    let length = text.unicodeScalars.count
    if let least = schema["minLength"]?.integer, length < least {
      found.append(problem(path, least == 1 ? "is empty" : "is shorter than \(least) characters"))
    }
    if let most = schema["maxLength"]?.integer, length > most {
      found.append(problem(path, "is longer than \(most) characters"))
    }
    if let pattern = schema["pattern"]?.string, length <= 1000, !matches(text, pattern) {
      found.append(problem(path, "does not match \(pattern)"))
    }
    return found
  }

  /// True also for patterns that are not understood: they must not forbid what may be right.
  private func matches(_ text: String, _ pattern: String) -> Bool {
    guard pattern.utf8.count <= 200, !pattern.contains("("), let regex = try? Regex(pattern) else {
      return true
    }
    return text.firstMatch(of: regex) != nil
  }

  func numberProblems(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    guard let number = value.number else { return [] }
    var found: [String] = []
    func limit(_ keyword: String, _ words: String, _ breaks: (Double, Double) -> Bool) {
      guard let bound = schema[keyword], let limit = bound.number, breaks(number, limit) else { return }
      found.append(problem(path, "expected \(words) \(bound.text), found \(value.text)"))
    }
    limit("minimum", "at least", <)
    limit("maximum", "at most", >)
    limit("exclusiveMinimum", "more than", <=)
    limit("exclusiveMaximum", "less than", >=)
    limit("multipleOf", "a multiple of") { number, step in
      step > 0 && (number / step).rounded() * step != number
    }
    return found
  }

  func arrayProblems(_ elements: [JSONValue], _ schema: JSONValue, at path: String, _ depth: Int) -> [String]
  {
    var found: [String] = []
    if let least = schema["minItems"]?.integer, elements.count < least {
      found.append(problem(path, "has fewer than \(least) elements"))
    }
    if let most = schema["maxItems"]?.integer, elements.count > most {
      found.append(problem(path, "has more than \(most) elements"))
    }
    if schema["uniqueItems"] == .bool(true), Set(elements).count < elements.count {
      found.append(problem(path, "has the same element twice"))
    }
    let first = schema["prefixItems"]?.array ?? []
    for (index, element) in elements.enumerated() {
      guard let rule = index < first.count ? first[index] : schema["items"] else { continue }
      found += problems(element, rule, at: "\(path)[\(index)]", depth: depth + 1)
    }
    return found
  }

  func objectProblems(
    _ members: [String: JSONValue], _ schema: JSONValue, at path: String, _ depth: Int
  ) -> [String] {
    func inner(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    var found: [String] = []
    for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
      found.append(problem(inner(name), "is missing"))
    }
    if let least = schema["minProperties"]?.integer, members.count < least {
      found.append(problem(path, "expected at least \(least) members, found \(members.count)"))
    }
    if let most = schema["maxProperties"]?.integer, members.count > most {
      found.append(problem(path, "expected at most \(most) members, found \(members.count)"))
    }
    // In the order of their names, so that messages are always the same.
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let rule = schema["properties"]?[name] {
        found += problems(value, rule, at: inner(name), depth: depth + 1)
      } else if schema["patternProperties"] == nil, let rule = schema["additionalProperties"] {
        if rule == .bool(false) {
          found.append(problem(inner(name), "is not known"))
        } else {
          found += problems(value, rule, at: inner(name), depth: depth + 1)
        }
      }
    }
    return found
  }
}
