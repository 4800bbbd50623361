import Models

/// Counts every four bytes of a word as one token.
public struct WordTokens: TokenCounter {
  public var window: Int

  public init(window: Int = 254) { self.window = window }

  public func count(_ text: some StringProtocol) -> Int {
    text.split(whereSeparator: \.isWhitespace).reduce(0) { $0 + ($1.utf8.count + 3) / 4 }
  }
}
