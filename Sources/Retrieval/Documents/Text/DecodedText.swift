/// What `TextDecoding` made of a document's bytes.
public struct DecodedText: Sendable, Equatable {
  /// Valid Unicode, `\n` line ends, no NUL, no byte order mark.
  public var text: String
  /// What was guessed or repaired; empty for plain UTF-8.
  public var notes: [String]

  public init(text: String, notes: [String] = []) {
    self.text = text
    self.notes = notes
  }
}
