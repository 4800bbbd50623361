import Models

/// What describing chunks has done, or would do.
public struct DescriptionSummary: Sendable, Equatable, Codable {
  /// Chunks that the model described.
  public var described = 0
  /// Chunks whose description was kept from before.
  public var known = 0
  /// Chunks that the model would not describe; they are searched as they are.
  public var undescribed = 0
  public var usage = Usage()
  /// United States dollars by the price list; nil for a model that it does not name.
  public var cost: Double?

  public init() {}

  public static func + (a: DescriptionSummary, b: DescriptionSummary) -> DescriptionSummary {
    var sum = a
    sum.described += b.described
    sum.known += b.known
    sum.undescribed += b.undescribed
    sum.usage += b.usage
    if let cost = b.cost { sum.cost = (sum.cost ?? 0) + cost }
    return sum
  }
}
