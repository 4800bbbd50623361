/// Two texts as one sequence of token ids.
public struct TokenPair: Sendable, Equatable {
  public var ids: [Int32]
  /// Ids that belong to segment 0: those of the first text with the special tokens around it, or all of them where the
  /// model does not tell the texts apart by segments.
  public var firstCount: Int
}
