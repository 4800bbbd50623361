/// Breaks texts into lines no wider than a number of terminal columns.
public enum TextWrapping {
  /// Wraps each paragraph; empty lines separate them and stay. Ends with a newline.
  public static func paragraphs(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty
        ? "\n" : hanging(line.split(separator: " ").map(String.init), first: "", indent: 0, width: width)
    }.joined()
  }

  /// Joins `words`, which are not broken, after `first`; further lines begin with `indent` spaces.
  static func hanging(_ words: [String], first: String, indent: Int, width: Int) -> String {
    var text = ""
    var line = first
    var column = first.displayWidth
    var isEmpty = true
    for word in words {
      let wide = word.displayWidth
      if !isEmpty, column + 1 + wide > width {
        text += line.trimmingTrailingSpaces() + "\n"
        line = "".padded(to: indent)
        column = indent
        isEmpty = true
      }
      if !isEmpty {
        line += " "
        column += 1
      }
      line += word
      column += wide
      isEmpty = false
    }
    return text + line.trimmingTrailingSpaces() + "\n"
  }
}
