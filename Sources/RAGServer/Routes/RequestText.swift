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

  /// Most characters of a name that a request gives somebody or a conversation: it is looked up by it.
  static let longestName = 200

  /// `text` as the name of somebody or something; nil where it is empty.
  static func name(_ text: String?, field: String) throws -> String? {
    guard let text, !text.isEmpty else { return nil }
    if let flaw = flaw(ofName: text) {
      throw HTTPError.badRequest("\(field): \(flaw)", hint: "Send another.")
    }
    return text
  }

  /// Why `text` can be no name; nil if it can.
  static func flaw(ofName text: String) -> String? {
    if text.unicodeScalars.count > longestName { return "longer than \(longestName) characters" }
    // PostgreSQL has no such character: what stands in its place there would make two names one.
    return text.utf8.contains(0) ? "has the character U+0000" : nil
  }

  /// At most 100 names, as many as one search may be restricted to.
  static func names(_ names: [String]?, field: String) throws -> [String] {
    guard let names, names.count > 100 else { return names ?? [] }
    throw HTTPError.badRequest("\(field): more than 100 values", hint: "Send fewer.")
  }
}
