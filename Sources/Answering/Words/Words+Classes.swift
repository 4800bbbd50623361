/// Classes of English words that readers of questions and of statements tell apart.
extension Words {
  static let articles: Set<String> = ["a", "an", "the"]
  static let interrogatives: Set<String> = [
    "how", "what", "when", "where", "which", "who", "whom", "whose", "why",
  ]
  static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  /// Whether a word ends as plurals do, and verbs behind "it": `robots`, `runs`, and neither `process` nor `analysis`.
  static func hasPluralEnding(_ word: String) -> Bool {
    word.hasSuffix("s") && !["ss", "us", "is"].contains(where: word.hasSuffix)
  }
}
