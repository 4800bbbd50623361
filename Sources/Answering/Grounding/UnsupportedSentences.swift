/// What becomes of sentences of a written answer that no source supports.
public enum UnsupportedSentences: String, Sendable, CaseIterable {
  /// They stay, and the answer says which they are.
  case mark
  /// They are left out; each sentence is held back until it has been checked.
  case drop
  /// They stay as they were written, quotations that are none included; the answer still says which they are.
  case keep
}

extension UnsupportedSentences: CustomStringConvertible {
  public var description: String { rawValue }
}
