/// A question to a corpus.
public struct SearchQuery: Sendable, Hashable {
  public var text: String
  public var mode: SearchMode
  /// Passages wanted at most.
  public var limit: Int
  public var filter: SearchFilter

  public init(
    _ text: String, mode: SearchMode = .hybrid, limit: Int = 10, filter: SearchFilter = SearchFilter()
  ) {
    self.text = text
    self.mode = mode
    self.limit = max(1, limit)
    self.filter = filter
  }
}
