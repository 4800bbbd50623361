import HTTPServer

/// Values of a query, in errors that name the field.
extension FormItems {
  /// - Throws: `HTTPError` 400 for anything but a whole number of the range.
  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = self[name], !text.isEmpty else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw HTTPError.badRequest(
        "\(name): expected a whole number from \(range.lowerBound) to \(range.upperBound), found '\(text)'")
    }
    return value
  }

  /// - Throws: `HTTPError` 400 for anything but one of the choices.
  func choice<Value: RawRepresentable<String>>(
    _ name: String, _ type: Value.Type, _ choices: [String]
  ) throws -> Value? {
    guard let text = self[name], !text.isEmpty else { return nil }
    guard choices.contains(text), let value = Value(rawValue: text) else {
      throw HTTPError.badRequest("\(name): expected \(choices.joined(separator: ", ")), found '\(text)'")
    }
    return value
  }
}
