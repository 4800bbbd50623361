/// A parameter of a statement; its type is the one that the statement asks for.
public enum Value: Sendable, Equatable {
  case null
  case integer(Int)
  case text(String)

  /// As PostgreSQL reads it; nil for NULL. A text has no U+0000 there, so U+FFFD stands for it.
  var encoded: String? {
    switch self {
    case .null: nil
    case .integer(let number): "\(number)"
    case .text(let text): text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
  }
}
