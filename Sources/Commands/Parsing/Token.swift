/// One element of the argument vector, as its dashes tell.
enum Token: Equatable {
  /// `--`: everything after it is an argument.
  case terminator
  /// `--name` or `--name=value`.
  case long(name: String, value: String?)
  /// `-abc`: one option with a value attached, or several flags.
  case short(String)
  case argument(String)

  init(_ text: String) {
    if text == "--" {
      self = .terminator
    } else if text.hasPrefix("--") {
      let body = text.dropFirst(2)
      let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      self = .long(name: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : nil)
    } else if text.hasPrefix("-"), text != "-", Decimal.value(text) == nil {
      self = .short(String(text.dropFirst()))
    } else {
      // Also "-" (standard input) and negative numbers.
      self = .argument(text)
    }
  }

  /// Whether `text` may be taken as the value of the option before it.
  static func isValue(_ text: String) -> Bool {
    if case .argument = Token(text) { true } else { false }
  }
}
