/// Tells help files of Vim, and of its plugins, from other plain text.
enum VimHelp {
  /// Lines at the end of a file among which Vim looks for its settings.
  private static let modelines = 5

  /// Whether a text begins with the tag of its own name (`*undo.txt*`), or its last lines set Vim's type `help`.
  static func isHelp(_ lines: TextLines) -> Bool {
    guard lines.count > 2 else { return false }
    if let tag = VimHelpLine(lines[0]).tags.first, lines[0].first == UInt8(ascii: "*"),
      [".txt", ".cnx"].contains(where: tag.hasSuffix)
    {
      return true
    }
    return modelineIndices(of: lines).contains { number in
      let line = lines[number].string
      return ["ft=help", "filetype=help"].contains(where: line.contains)
    }
  }

  /// The lines at the end that hold settings.
  static func modelineIndices(of lines: TextLines) -> [Int] {
    (max(0, lines.count - modelines)..<lines.count).filter { number in
      guard lines[number].count < 200 else { return false }
      let line = " " + lines[number].string.replacing("\t", with: " ")
      return [" vim:", " vi:", " ex:"].contains(where: line.contains)
    }
  }
}
