import Models

/// What a search found and how long it took.
public struct SearchResult: Sendable, Codable {
  public var query: String
  public var mode: SearchMode
  /// The question as it was searched for, with mistyped words put right; nil if that is not so.
  public var correctedQuery: String?
  /// Wall time of the whole search, the embedding of the question included.
  public var milliseconds: Double
  /// Best first.
  public var passages: [Passage]
  /// Highest cosine of the question and any chunk that the filter lets through; nil if it was not embedded.
  public var bestDenseScore: Double?
  /// What the reranker did; nil in a search that asked for none.
  public var reranking: RerankReport?
  /// Whether words alone were searched for, because the embedding model failed.
  public var degraded = false
  /// Why words alone were searched for, though meaning should have been too; nil if that is not so.
  public var degradedReason: DegradedReason?
  /// What the corpus says of the question, in a search by words and meaning; not part of the JSON.
  public var statistics: QuestionStatistics?
  /// The question as it was embedded, which need not be done again; nil if it was not. Not part of the JSON.
  public var embedding: TextEmbedding?

  enum CodingKeys: String, CodingKey {
    case query, mode, milliseconds, passages, degraded, reranking
    case correctedQuery = "corrected_query"
    case bestDenseScore = "best_dense_score"
    case degradedReason = "degraded_reason"
  }
}
