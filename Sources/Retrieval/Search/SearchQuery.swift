/// A question to a corpus.
public struct SearchQuery: Sendable, Hashable {
  public var text: String
  public var mode: SearchMode
  /// Passages wanted at most.
  public var limit: Int
  public var filter: SearchFilter
  /// What quoted words in the text mean, where words are searched for.
  public var phrases: PhraseUse
  /// What becomes of passages that belong together or repeat each other; nil for what the searcher does.
  public var selection: PassageSelection?

  /// Whether words that look mistyped are put right in a search by words and meaning, where that finds nearer passages.
  public var correctsSpelling = true

  /// Whether a hybrid search goes on by words alone where the embedding model's provider fails.
  public var fallsBack = true

  /// Whether the question's tokens are kept with its vector, for whoever looks at single sentences next.
  public var keepsTokens = false

  /// What becomes of passages that do not hold what stands in quotes.
  public enum PhraseUse: String, Sendable, Codable, CaseIterable {
    /// They rank lower.
    case preferred
    /// They are not found.
    case required
  }

  public init(
    _ text: String, mode: SearchMode = .hybrid, limit: Int = 10, filter: SearchFilter = SearchFilter(),
    phrases: PhraseUse = .preferred, selection: PassageSelection? = nil
  ) {
    self.text = text
    self.mode = mode
    self.limit = max(1, limit)
    self.filter = filter
    self.phrases = phrases
    self.selection = selection
  }
}
