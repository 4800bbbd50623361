/// Tells titles that ask what a question asks, as those of lists of questions do: "How do you remove duplicates from a
/// list?" for "How can I remove duplicates from a list?".
struct AskedTitle: Sendable {
  /// What a question begins with that says what kind of thing is asked for; `nil` for yes or no, and where nothing says it.
  private let interrogative: String?
  private let asksWhether: Bool
  private let stems: Set<String>

  /// Part of the stems of question and title, 0 to 1, that they have in common.
  private static let overlap = 0.8

  init(_ question: String) {
    self.init(words: TitleNumber.removed(from: Words.of(question)))
  }

  private init(words: ArraySlice<String>) {
    interrogative = words.first(where: Words.interrogatives.contains)
    asksWhether = interrogative == nil && words.first.map(QuestionWords.whether.contains) == true
    stems = Set(words.filter { !Words.isCommon($0) }.map(Words.stem))
  }

  /// Whether a title is a question, or says "how to", and asks the same.
  func matches(_ title: String) -> Bool {
    guard !stems.isEmpty, title.hasSuffix("?") || title.lowercased().contains("how to ") else { return false }
    let other = AskedTitle(title)
    // Keywords ask nothing in particular.
    let isOpen = interrogative == nil && !asksWhether
    guard isOpen || interrogative == other.interrogative && asksWhether == other.asksWhether else {
      return false
    }
    let common = stems.intersection(other.stems).count
    return Double(common) >= Self.overlap * Double(stems.union(other.stems).count)
  }

  /// Whether a title is a question for the same kind of thing, whatever its words are.
  func isLike(_ title: String) -> Bool {
    title.hasSuffix("?") && interrogative != nil && AskedTitle(title).interrogative == interrogative
  }
}

/// Numbers that titles begin with: "23.6.", "Appendix B.", "Q:".
enum TitleNumber {
  static func removed(from words: [String]) -> ArraySlice<String> {
    var words = words[...]
    while words.count > 1, let first = words.first, isNumber(first) { words = words.dropFirst() }
    return words
  }

  private static func isNumber(_ word: String) -> Bool {
    word.allSatisfy(\.isNumber) || word.count == 1 && word != "i"
      || ["chapter", "section", "appendix", "part"].contains(word)
  }
}
