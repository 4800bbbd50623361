import Commands

extension String {
  /// Lines of at most `width` columns, broken between words, without what could move a terminal's cursor or change its
  /// colours: texts are documents' own.
  func wrapped(to width: Int) -> [String] {
    var lines = TextWrapping.paragraphs(TerminalText.clean(self), width: max(20, width))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
