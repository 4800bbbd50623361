import Models

/// Counts words, and every four letters of a longer word, as one token.
struct WordTokens: TokenCounter {
  var window = 254

  func count(_ text: some StringProtocol) -> Int {
    text.split(whereSeparator: \.isWhitespace).reduce(0) { $0 + ($1.utf8.count + 3) / 4 }
  }
}
