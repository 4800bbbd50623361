/// How a corpus turns text into the terms of its lexical index. Part of the corpus, so that who writes and who
/// asks agree.
public struct LexicalOptions: Sendable, Hashable {
  public enum Stemming: String, Sendable, CaseIterable {
    /// Words are indexed as they stand.
    case none
    /// Porter2 for words of the letters a to z.
    case english
  }

  /// Names the tokenizer's rules: an index made by other rules has to be built again. 2 folds "Æ" as "æ".
  static let revision = 2

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
    guard let (revision, options) = Self.parsed(stored), revision == Self.revision else { return nil }
    self = options
  }

  /// How an index is built again that an earlier version's rules made; nil if these or later ones did.
  init?(earlier stored: String) {
    guard let (revision, options) = Self.parsed(stored), revision < Self.revision else { return nil }
    self = options
  }

  private static func parsed(_ stored: String) -> (revision: Int, options: LexicalOptions)? {
    let parts = stored.split(separator: ";")
    guard parts.count == 3, let revision = Int(parts[0]), let stemming = Stemming(rawValue: String(parts[1])),
      let weight = Int(parts[2])
    else { return nil }
    return (revision, LexicalOptions(stemming: stemming, headerWeight: weight))
  }
}
