/// The last hidden states of one text.
public struct TokenVectors: Sendable, Equatable {
  /// The tokens, from `[CLS]` to `[SEP]`.
  public var ids: [Int32]
  /// Values a token.
  public var dimensions: Int
  /// `ids.count` x `dimensions` values, row-major, not normalized.
  public var values: [Float]
}
