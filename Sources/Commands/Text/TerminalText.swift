/// Makes text from documents, the network or the command line safe to show: a title must not be able to move the
/// cursor, change colours or turn the direction of what follows.
public enum TerminalText {
  /// One line: tabs and line ends become spaces, other controls and bidirectional overrides become U+FFFD.
  public static func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var cleaned = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where wasReturn: break
      case "\t", "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": cleaned.append(" ")
      default: cleaned.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      }
      wasReturn = scalar == "\r"
    }
    return String(cleaned)
  }

  /// Many lines: ends of lines and tabs stay, other controls and bidirectional overrides become U+FFFD.
  public static func cleanLines(_ text: String) -> String {
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != "\r" {
      cleaned.append(scalar != "\n" && scalar != "\t" && isUnsafe(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(cleaned)
  }

  /// A word that somebody typed, as a message may repeat it: one line, no secrets, not too long.
  static func quotable(_ word: String) -> String {
    clean(Redaction().redact(word)).truncated(to: 60)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
