/// Tells statements that ask, which answer nothing.
enum AskingText {
  /// Signs that close what a question may stand in: quotation marks, brackets, and what JSON writes behind a string.
  private static let closing = ByteSet("\"')]},")
  private static let quotation = UInt8(ascii: "\"")

  /// Whether a statement ends with a question mark, whatever is closed behind it. One that quotes a question and is more
  /// than that ("The form asks \"Do you smoke?\"") asks nothing.
  static func isQuestion(_ text: ArraySlice<UInt8>) -> Bool {
    guard let last = text.last else { return false }
    if last == UInt8(ascii: "?") { return true }
    guard let end = text.lastIndex(where: { !closing.contains($0) }), text[end] == UInt8(ascii: "?") else {
      return false
    }
    let quotations = text[...end].count { $0 == quotation }
    return quotations == 0 || quotations == 1 && text.first == quotation
  }
}
