/// Words too common to tell passages apart.
enum StopWords {
  static let english: Set<String> = [
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can",
    "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i",
    "if",
    "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "s", "she", "should", "so", "t",
    "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us", "was",
    "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would",
    "you",
    "your",
  ]

  /// The words as the tokenizer writes them.
  static func terms(_ stemming: LexicalOptions.Stemming) -> Set<String> {
    switch stemming {
    case .none: english
    case .english: stemmed
    }
  }

  private static let stemmed = Set(english.map { EnglishStemmer.stem($0) })
}
