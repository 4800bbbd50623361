import Models

/// The descriptions of a run have cost as much as they may.
public struct DescriptionLimitReached: Error, Sendable, CustomStringConvertible {
  public var model: String
  public var summary: DescriptionSummary

  public var description: String {
    """
    Describing with '\(model)' stopped at the limit: \(summary.described) chunks took \(summary.usage.totalTokens) \
    tokens. They are kept. Run the same command again with a higher --describe-limit to go on.
    """
  }
}

/// The model that describes chunks failed for good.
public struct DescribingFailed: Error, Sendable, CustomStringConvertible {
  public var model: String
  public var cause: ModelError

  public var description: String {
    "Describing with '\(model)' failed: \(cause) What was described before is kept."
  }
}
