/// Words of an answer as SQuAD's evaluation compares them: lower case, without punctuation and articles
/// (Rajpurkar et al., EMNLP 2016).
struct AnswerTokens: Sendable, Equatable {
  let words: [String]

  init(_ text: String) {
    words = Words.of(text).filter { !Words.articles.contains($0) }
  }

  /// Whether the words of `other` stand in these, in a row.
  func contains(_ other: AnswerTokens) -> Bool {
    guard !other.words.isEmpty, other.words.count <= words.count else { return false }
    return (0...words.count - other.words.count).contains { words[$0...].starts(with: other.words) }
  }

  /// Harmonic mean of the parts of words that both share, repetitions counted.
  func f1(_ gold: AnswerTokens) -> Double {
    var left = Dictionary(gold.words.map { ($0, 1) }, uniquingKeysWith: +)
    var common = 0
    for word in words where left[word, default: 0] > 0 {
      left[word, default: 0] -= 1
      common += 1
    }
    guard common > 0 else { return 0 }
    let precision = Double(common) / Double(words.count)
    let recall = Double(common) / Double(gold.words.count)
    return 2 * precision * recall / (precision + recall)
  }
}
