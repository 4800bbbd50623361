/// Why a text is not a value of the kind asked for; whoever knows where the text came from says so before it.
public struct ValueError: Error, Sendable, Equatable, CustomStringConvertible {
  public let text: String
  /// Completes "needs …".
  public let expectation: String
  public let suggestion: String?
  let isSecret: Bool

  init(text: String, expectation: String, suggestion: String? = nil, isSecret: Bool = false) {
    self.text = text
    self.expectation = expectation
    self.suggestion = suggestion
    self.isSecret = isSecret
  }

  public var description: String {
    var sentence = "needs \(expectation)"
    if isSecret {
      sentence += "."
    } else if text.isEmpty {
      sentence += expectation.hasSuffix("not empty") ? "." : ", not an empty text."
    } else {
      sentence += ", not '\(TerminalText.quotable(text))'."
    }
    if let suggestion { sentence += " Did you mean '\(suggestion)'?" }
    return sentence
  }
}
