import Models

/// What a reranker did for one search.
public struct RerankReport: Sendable, Hashable, Codable {
  /// Nil where none is set up.
  public var model: String?
  public var milliseconds: Double
  /// Passages that were given a score before the time was spent; they lead the list.
  public var scored: Int
  /// Passages that should have been.
  public var candidates: Int
  /// Why the passages have the order of the search alone; nil where the reranker has done its work.
  public var failure: DegradedReason?

  /// Whether the order is that of the search alone.
  public var degraded: Bool { failure != nil }

  /// What is said where a search is to be reranked and nothing can do that.
  static let notConfigured = RerankReport(
    model: nil, milliseconds: 0, scored: 0, candidates: 0,
    failure: DegradedReason(
      code: "not_configured", message: "No reranker is set up.",
      hint: "Set RERANK_PROVIDER to local or cohere."))
}

extension RerankReport {
  enum CodingKeys: String, CodingKey {
    case model, milliseconds, scored, candidates, degraded
    case failure = "degraded_reason"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decodeIfPresent(String.self, forKey: .model)
    milliseconds = try values.decode(Double.self, forKey: .milliseconds)
    scored = try values.decode(Int.self, forKey: .scored)
    candidates = try values.decode(Int.self, forKey: .candidates)
    failure = try values.decodeIfPresent(DegradedReason.self, forKey: .failure)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(model, forKey: .model)
    try values.encode(milliseconds, forKey: .milliseconds)
    try values.encode(scored, forKey: .scored)
    try values.encode(candidates, forKey: .candidates)
    try values.encode(degraded, forKey: .degraded)
    try values.encodeIfPresent(failure, forKey: .failure)
  }
}
