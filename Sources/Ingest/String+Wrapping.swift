import Commands

extension String {
  /// Lines of at most `width` columns, broken between words.
  func wrapped(to width: Int) -> [String] {
    var lines = TextWrapping.paragraphs(self, width: max(20, width))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
