/// Which legs of the search a question takes.
public enum SearchMode: String, Sendable, Codable, CaseIterable {
  /// Both legs, their scores fused.
  case hybrid
  /// Nearest vectors by cosine.
  case dense
  /// Words, by BM25.
  case lexical
  /// Both legs, and the best passages brought into the order of a reranker.
  case reranked

  /// The same without what only comes after the legs.
  var legs: SearchMode { self == .reranked ? .hybrid : self }
}
