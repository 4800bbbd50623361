import Transformer

/// Counts in the pieces of a local model's vocabulary.
public struct LocalTokenCounter: TokenCounter {
  public let tokenizer: Tokenizer
  public let window: Int

  public init(tokenizer: Tokenizer, window: Int) {
    self.tokenizer = tokenizer
    self.window = window
  }

  public func count(_ text: some StringProtocol) -> Int { tokenizer.count(text) }
}
