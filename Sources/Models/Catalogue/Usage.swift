/// Tokens that a provider counted.
public struct Usage: Sendable, Hashable, Codable {
  public var promptTokens: Int
  public var completionTokens: Int
  /// The part of `promptTokens` that the provider had seen before and bills for less.
  public var cachedTokens: Int

  public init(promptTokens: Int = 0, completionTokens: Int = 0, cachedTokens: Int = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.cachedTokens = cachedTokens
  }

  public var totalTokens: Int { promptTokens + completionTokens }

  enum CodingKeys: String, CodingKey {
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case cachedTokens = "cached_tokens"
  }

  public static func + (a: Usage, b: Usage) -> Usage {
    Usage(
      promptTokens: a.promptTokens + b.promptTokens,
      completionTokens: a.completionTokens + b.completionTokens,
      cachedTokens: a.cachedTokens + b.cachedTokens)
  }

  public static func += (a: inout Usage, b: Usage) {
    a = a + b
  }

  /// United States dollars by the price list, nil for a model that it does not name.
  public func cost(of model: String) -> Double? {
    guard let known = KnownModel.named(model), let input = known.inputPrice else { return nil }
    let cached = Double(min(cachedTokens, promptTokens))
    let fresh = Double(promptTokens) - cached
    return
      (fresh * input + cached * (known.cachedPrice ?? input)
      + Double(completionTokens) * (known.outputPrice ?? 0)) / 1_000_000
  }
}
