/// Measures texts in a model's own tokens.
public protocol TokenCounter: Sendable {
  /// Tokens that one input may have, special tokens not counted.
  var window: Int { get }

  /// Tokens of `text`, special tokens not counted. Counting two texts that are joined by white space
  /// gives the sum of both.
  func count(_ text: some StringProtocol) -> Int
}
