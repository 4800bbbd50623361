/// A question as a match expression of FTS5. Whatever the question holds is data: every word goes in quotes.
struct LexicalQuery: Equatable {
  /// Most words that are searched for; the first ones count.
  static let limit = 48

  /// Nil if the question holds no word.
  let expression: String?

  init(_ question: String) {
    let words = Self.words(of: question)
    let content = words.filter { !StopWords.english.contains($0) }
    var seen: Set<String> = []
    let terms = (content.isEmpty ? words : content).filter { seen.insert($0).inserted }.prefix(Self.limit)
    expression = terms.isEmpty ? nil : terms.map { "\"\($0)\"" }.joined(separator: " OR ")
  }

  /// Runs of letters, digits and marks in lower case, as the `unicode61` tokenizer sees them.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isWordScalar(scalar) {
        word.append(scalar)
      } else if !word.isEmpty {
        words.append(String(word).lowercased())
        word = String.UnicodeScalarView()
      }
    }
    if !word.isEmpty { words.append(String(word).lowercased()) }
    return words
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .privateUse:
      true
    default: false
    }
  }
}
