extension FollowUp {
  /// The words of a question, with where it names something first and where another clause begins after that.
  struct Sentence {
    private let words: [String]
    private let named: Int
    private let clause: Int

    /// - Parameter commas: places of the tokens that a comma follows.
    init(_ words: [String], commas: Set<Int> = []) {
      self.words = words
      let named =
        words.indices.first { place in
          let word = words[place]
          // "Who wrote its score?", "May I wash it by hand?": a verb names nothing.
          return !Words.isCommon(word) && !openings.contains(word) && !measures.contains(word)
            && word.count > 3 && !(place > 0 && doers.contains(words[place - 1]))
            && !(place > 1 && words[place - 1] == "to" && words[place - 2] == "how")
        } ?? words.count
      self.named = named
      clause =
        (named..<words.count).first { clauses.contains(words[$0]) || commas.contains($0) } ?? words.count
    }

    /// Whether a word stands for something that was named before the question.
    func isPronoun(at place: Int) -> Bool {
      let word = words[place]
      let next = place + 1 < words.count ? words[place + 1] : ""
      let before = place > 0 ? words[place - 1] : ""
      switch word {
      case "it", "its", "they", "them", "their", "theirs", "he", "she", "him", "his", "her", "hers":
        // "How long does it take", "is it possible": it stands for nothing.
        if word == "it", empty.contains(next) { return false }
        if word == "it", place + 2 < words.count, words[place + 2] == "to", Fragments.judging.contains(next) {
          return false
        }
        if word == "it", next == "take" {
          // "How long does it take?" speaks of what was named, "… take to charge a battery" of nothing.
          let after = place + 2 < words.count ? words[place + 2] : ""
          return (after.isEmpty || QuestionGrammar.taken.contains(after))
            && (named >= place || clause >= place)
        }
        guard named < place else { return true }
        // Something was named before it in another clause of the same question: "If a robot falls, can it get up?"
        if clause < place { return false }
        // "How much power does it draw?" names what is asked, and not who; "Does Atlas use its arms?" does.
        return place + 1 >= words.count || QuestionGrammar.auxiliaries.contains(before)
      case "one":
        // "How do I enable one?"
        return (QuestionGrammar.canBeVerb(before) || ["in", "on", "with", "for"].contains(before))
          && (next.isEmpty || ["that", "which"].contains(next) || QuestionGrammar.prepositions.contains(next))
          && !words[..<place].contains(where: QuestionGrammar.determiners.contains)
      case "this", "these", "those":
        return next.isEmpty || Words.isCommon(next)
      case "that" where place == 1 && words.count == 3 && ["is", "was"].contains(before):
        // "Is that expensive?"
        return true
      case "that":
        return next.isEmpty
          || ["about", "of", "like", "does", "is", "do", "with", "why", "for"].contains(before)
            && Words.isCommon(next)
      default:
        return false
      }
    }
  }

  /// Words behind which a verb stands.
  private static let doers: Set<String> = ["who", "i", "you", "we"]
  /// Words before which "it" stands for nothing.
  private static let empty: Set<String> = [
    "possible", "necessary", "safe", "better", "true", "called", "rain",
  ]
  /// Words that begin a clause.
  private static let clauses: Set<String> = [
    "if", "when", "while", "because", "before", "after", "that", "and", "but", "so", "once", "unless",
    "until", "as",
    "than",
  ]
}
