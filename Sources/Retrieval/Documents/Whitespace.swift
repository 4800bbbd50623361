/// White space as prose has it.
enum Whitespace {
  /// `text` with every run of white space as one space and none at its ends.
  static func collapsed(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
