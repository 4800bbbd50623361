/// Which legs of the search a question takes.
public enum SearchMode: String, Sendable, Codable, CaseIterable {
  /// Both legs, their scores fused.
  case hybrid
  /// Nearest vectors by cosine.
  case dense
  /// Words, by BM25.
  case lexical
}
