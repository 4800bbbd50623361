import Models

/// The members of a request below `/v1`, read by name; null is the same as nothing.
struct OpenAIFields {
  private let members: [String: JSONValue]

  /// - Throws: `OpenAIError` if `body` is no object.
  init(_ body: JSONValue) throws {
    guard case .object(let members) = body else {
      throw OpenAIError(message: "The body is not a JSON object.")
    }
    self.members = members
  }

  subscript(name: String) -> JSONValue? {
    guard let value = members[name], value != .null else { return nil }
    return value
  }

  func flag(_ name: String) throws -> Bool? {
    guard let value = self[name] else { return nil }
    guard case .bool(let flag) = value else {
      throw OpenAIError.invalid(name, "expected true or false.", code: "invalid_type")
    }
    return flag
  }

  func text(_ name: String) throws -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else {
      throw OpenAIError.invalid(name, "expected a text.", code: "invalid_type")
    }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    let number: Double
    switch self[name] {
    case nil: return nil
    case .integer(let value)?: number = Double(value)
    case .number(let value)?: number = value
    default: throw OpenAIError.invalid(name, "expected a number.", code: "invalid_type")
    }
    guard range.contains(number) else {
      throw OpenAIError.invalid(
        name, "expected a number from \(range.lowerBound) to \(range.upperBound), found \(number).")
    }
    return number
  }

  func count(_ name: String, from least: Int = 1) throws -> Int? {
    guard let value = self[name] else { return nil }
    guard let count = value.integer else {
      throw OpenAIError.invalid(name, "expected a whole number.", code: "invalid_type")
    }
    guard count >= least else {
      throw OpenAIError.invalid(
        name, "expected \(least) or more, found \(count).", code: "integer_below_min_value")
    }
    return count
  }

  /// Refuses a choice of tools that an answer from the documents cannot obey.
  ///
  /// - Returns: `auto` or `none`.
  func toolChoice() throws -> String {
    switch self["tool_choice"] ?? .null {
    case .null, "auto": return "auto"
    case "none": return "none"
    default:
      throw OpenAIError.unsupported(
        "tool_choice", "cannot demand a tool here: answers are made from the documents.")
    }
  }
}
