/// What a question wants explained that asks why something is so, or how it works or is done.
enum Explanation: Sendable, Equatable {
  /// "Why …?", "What causes …?"
  case reason
  /// "How does …?", "How can … be …?", but not "How do I …?", which wants to be told what to do.
  case manner

  /// Nil for a question that asks for something else.
  ///
  /// - Parameter words: the words of the question, in lower case.
  init?(_ words: [String]) {
    let asksWhat = words.contains("what")
    if words.contains("why") || asksWhat && words.contains(where: Self.causes.contains) {
      self = .reason
    } else if zip(words, words.dropFirst()).contains(where: {
      $0 == "how" && QuestionGrammar.auxiliaries.contains($1)
    }),
      !QuestionWords.asksHowTo(words)
    {
      self = .manner
    } else {
      return nil
    }
  }

  private static let causes: Set<String> = ["reason", "reasons", "cause", "causes", "caused"]

  /// How far a statement's words give a reason, from 0 to 1: 1 for "because", "so that", "due to" and the like, half of it
  /// for what something prevents or allows.
  ///
  /// - Parameter words: the words of the statement, in lower case.
  static func reason(in words: [String]) -> Double {
    var reason = 0.0
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      if reasons.contains(word) || joined[word]?.contains(next) == true || word == "since" && isCause(next) {
        return 1
      }
      if effects.contains(word) || word == "to" && purposes.contains(next) { reason = purpose }
    }
    return reason
  }

  /// Whether "since" before a word means "because": no date and no event follows, as far as one word tells.
  private static func isCause(_ next: String) -> Bool {
    !next.isEmpty && !times.contains(next) && next.first?.isNumber == false
  }

  private static let purpose = 0.5
  private static let reasons: Set<String> = [
    "because", "therefore", "hence", "thus", "consequently", "thereby", "reason", "reasons", "why", "cause",
    "causes", "caused",
  ]
  private static let joined: [String: Set<String>] = [
    "due": ["to"], "owing": ["to"], "thanks": ["to"], "so": ["that"], "in": ["order"],
    "a": ["result", "consequence"],
  ]
  private static let effects: Set<String> = [
    "avoids", "prevents", "allows", "ensures", "reduces", "enables", "protects",
  ]
  private static let purposes: Set<String> = [
    "avoid", "prevent", "allow", "ensure", "make", "protect", "reduce", "keep", "help", "enable", "improve",
    "let", "limit", "save", "increase",
  ]
  private static let times = Words.months.union(["then", "the", "its", "his", "her", "their", "version"])
}
