import HTTPServer

/// Checks of what requests say, in errors that name the field.
enum RequestText {
  /// Most characters of a question.
  static let longest = 16_000

  /// `text`, if it says something and is no longer than a question may be.
  static func question(_ text: String, field: String) throws -> String {
    guard !text.allSatisfy(\.isWhitespace) else {
      throw HTTPError.badRequest("\(field): empty", hint: "Send the question in '\(field)'.")
    }
    guard text.unicodeScalars.count <= longest else {
      throw HTTPError.badRequest(
        "\(field): longer than \(longest) characters", hint: "Send a shorter question.")
    }
    return text
  }

  /// At most 100 names, as many as one search may be restricted to.
  static func names(_ names: [String]?, field: String) throws -> [String] {
    guard let names, names.count > 100 else { return names ?? [] }
    throw HTTPError.badRequest("\(field): more than 100 values", hint: "Send fewer.")
  }
}
