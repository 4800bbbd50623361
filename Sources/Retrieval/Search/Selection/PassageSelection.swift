/// What becomes of ranked passages that belong together, or that say what a better one has said.
public struct PassageSelection: Sendable, Hashable {
  /// Whether neighbouring chunks of one section that were both found become one passage.
  public var mergesNeighbours: Bool
  /// Most code points of a passage that was merged.
  public var longest: Int
  /// Part of its sequences of four words, 0 to 1, that two passages have in common before the worse one is left out;
  /// nil to keep all.
  public var duplicates: Double?
  /// How much a passage that resembles better ones falls back: 0 not at all, 1 as far as it resembles them
  /// (maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998).
  public var diversity: Double

  public init(
    mergesNeighbours: Bool = true, longest: Int = 3000, duplicates: Double? = 0.9, diversity: Double = 0
  ) {
    self.mergesNeighbours = mergesNeighbours
    self.longest = longest
    self.duplicates = duplicates
    self.diversity = min(1, max(0, diversity))
  }

  /// Every chunk by itself, as the search ranked it.
  public static let none = PassageSelection(mergesNeighbours: false, duplicates: nil)

  /// Ranked passages to look at for `limit` selected ones.
  func depth(for limit: Int) -> Int {
    self == .none ? limit : limit * 3
  }
}
