/// How a corpus turns text into the terms of its lexical index. Part of the corpus, so that who writes and who
/// asks agree.
public struct LexicalOptions: Sendable, Hashable {
  public enum Stemming: String, Sendable, CaseIterable {
    /// Words are indexed as they stand.
    case none
    /// Porter2 for words of the letters a to z.
    case english
  }

  /// Names the tokenizer's rules: an index made by other rules has to be built again.
  static let revision = 1

  public var stemming: Stemming
  /// What a word in a chunk's header counts for; one in its text counts for 1. 0 leaves headers out.
  public var headerWeight: Int

  public init(stemming: Stemming = .english, headerWeight: Int = 1) {
    self.stemming = stemming
    self.headerWeight = min(max(0, headerWeight), 16)
  }

  /// The form in which a corpus keeps it.
  var stored: String { "\(Self.revision);\(stemming.rawValue);\(headerWeight)" }

  /// Nil if other rules made the index.
  init?(stored: String) {
    let parts = stored.split(separator: ";")
    guard parts.count == 3, parts[0] == "\(Self.revision)",
      let stemming = Stemming(rawValue: String(parts[1])),
      let weight = Int(parts[2])
    else { return nil }
    self.init(stemming: stemming, headerWeight: weight)
  }
}
