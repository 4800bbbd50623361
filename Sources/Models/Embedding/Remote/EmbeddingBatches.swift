/// Splits texts into requests within a provider's limits.
enum EmbeddingBatches {
  /// Ranges that cover all texts in order, each with at most so many inputs and, unless it is a single
  /// text, tokens.
  static func plan(tokens: [Int], maximumInputs: Int, maximumTokens: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    var sum = 0
    for (index, count) in tokens.enumerated() {
      if index > start, index - start >= maximumInputs || sum + count > maximumTokens {
        ranges.append(start..<index)
        start = index
        sum = 0
      }
      sum += count
    }
    if start < tokens.count { ranges.append(start..<tokens.count) }
    return ranges
  }
}
