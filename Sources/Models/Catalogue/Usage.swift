/// What providers counted.
public struct Usage: Sendable, Hashable, Codable {
  public var promptTokens: Int
  public var completionTokens: Int
  /// The part of `promptTokens` that the provider had seen before and bills for less.
  public var cachedTokens: Int
  /// Searches that the provider of a reranker bills; nil without one.
  public var searchUnits: Int?
  /// United States dollars of those by the price list; nil for a model that it does not name.
  public var searchCost: Double?

  public init(promptTokens: Int = 0, completionTokens: Int = 0, cachedTokens: Int = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.cachedTokens = cachedTokens
  }

  /// What a reranker bills for `units` searches.
  public init(searchUnits units: Int, of reranker: String) {
    self.init()
    searchUnits = units
    searchCost = KnownModel.cost(of: reranker, searchUnits: units)
  }

  public var totalTokens: Int { promptTokens + completionTokens }

  enum CodingKeys: String, CodingKey {
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case cachedTokens = "cached_tokens"
    case searchUnits = "search_units"
    case searchCost = "search_cost"
  }

  public static func + (a: Usage, b: Usage) -> Usage {
    var sum = Usage(
      promptTokens: a.promptTokens + b.promptTokens,
      completionTokens: a.completionTokens + b.completionTokens,
      cachedTokens: a.cachedTokens + b.cachedTokens)
    if a.searchUnits != nil || b.searchUnits != nil {
      sum.searchUnits = (a.searchUnits ?? 0) + (b.searchUnits ?? 0)
    }
    if a.searchCost != nil || b.searchCost != nil {
      sum.searchCost = (a.searchCost ?? 0) + (b.searchCost ?? 0)
    }
    return sum
  }

  /// All that there is of `parts`; nil for nothing.
  public static func sum(_ parts: [Usage?]) -> Usage? {
    parts.reduce(nil) { sum, part in part.map { (sum ?? Usage()) + $0 } ?? sum }
  }

  public static func += (a: inout Usage, b: Usage) {
    a = a + b
  }

  /// United States dollars by the price list for the tokens of `model` and for searches; nil if it names neither.
  public func cost(of model: String) -> Double? {
    guard let known = KnownModel.named(model), let input = known.inputPrice else { return searchCost }
    let cached = Double(min(cachedTokens, promptTokens))
    let fresh = Double(promptTokens) - cached
    return
      (fresh * input + cached * (known.cachedPrice ?? input)
      + Double(completionTokens) * (known.outputPrice ?? 0)) / 1_000_000 + (searchCost ?? 0)
  }
}
