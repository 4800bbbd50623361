/// How well documents answer a question, and what it took to find out.
public struct RerankScores: Sendable, Equatable {
  /// One for each document, in their order, 0 to 1; higher is more relevant. Scores are comparable within one query only.
  public var values: [Float]
  /// Searches that the provider bills; nil for a model that costs nothing, and where the provider does not say.
  public var searchUnits: Int?

  public init(_ values: [Float], searchUnits: Int? = nil) {
    self.values = values
    self.searchUnits = searchUnits
  }
}
