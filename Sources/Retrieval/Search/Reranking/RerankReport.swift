import FoundationEssentials
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
  /// When the reranker is asked again, in whole seconds; nil where it was asked.
  public var leftOutUntil: Date?
  /// Searches that its provider bills; nil for one that costs nothing.
  public var searchUnits: Int?
  /// United States dollars of those by the price list; nil for a model that it does not name.
  public var cost: Double?

  /// Whether the order is that of the search alone.
  public var degraded: Bool { failure != nil }

  /// What the search cost; nil for nothing.
  public var usage: Usage? {
    guard let searchUnits, let model else { return nil }
    return Usage(searchUnits: searchUnits, of: model)
  }

  /// What is said where a search is to be reranked and nothing can do that.
  static let notConfigured = RerankReport(
    model: nil, milliseconds: 0, scored: 0, candidates: 0,
    failure: DegradedReason(
      code: "not_configured", message: "No reranker is set up.",
      hint: "Set RERANK_PROVIDER to local or cohere, or to sentences where the embedding model is local."))
}

extension RerankReport {
  enum CodingKeys: String, CodingKey {
    case model, milliseconds, scored, candidates, degraded, cost
    case leftOutUntil = "left_out_until"
    case searchUnits = "search_units"
    case failure = "degraded_reason"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decodeIfPresent(String.self, forKey: .model)
    milliseconds = try values.decode(Double.self, forKey: .milliseconds)
    scored = try values.decode(Int.self, forKey: .scored)
    candidates = try values.decode(Int.self, forKey: .candidates)
    failure = try values.decodeIfPresent(DegradedReason.self, forKey: .failure)
    let until = try values.decodeIfPresent(String.self, forKey: .leftOutUntil)
    leftOutUntil = until.flatMap { try? Date($0, strategy: .iso8601) }
    searchUnits = try values.decodeIfPresent(Int.self, forKey: .searchUnits)
    cost = try values.decodeIfPresent(Double.self, forKey: .cost)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(model, forKey: .model)
    try values.encode(milliseconds, forKey: .milliseconds)
    try values.encode(scored, forKey: .scored)
    try values.encode(candidates, forKey: .candidates)
    try values.encode(degraded, forKey: .degraded)
    try values.encodeIfPresent(failure, forKey: .failure)
    try values.encodeIfPresent(leftOutUntil?.formatted(.iso8601), forKey: .leftOutUntil)
    try values.encodeIfPresent(searchUnits, forKey: .searchUnits)
    try values.encodeIfPresent(cost, forKey: .cost)
  }
}
