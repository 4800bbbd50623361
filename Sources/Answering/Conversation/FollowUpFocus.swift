/// What a follow-up asks beyond the conversation. The words of the turns before find passages whatever is new in it, so
/// that these words alone say whether there is an answer.
struct FollowUpFocus: Sendable, Equatable {
  /// Content words that no earlier question holds, in lower case.
  let words: [String]
  /// Stems of the other content words of the whole question.
  let carried: [String]
  /// Those of them that are written like names.
  let names: [String]
  /// Pairs of words that stand side by side because one of them is a number: `category 5`, `19-bit`.
  let pairs: [[String]]
  /// Whether it only names another thing: "And the foot?"
  let namesThing: Bool

  /// Nil where a follow-up has no word of its own.
  ///
  /// - Parameters:
  ///   - earlier: questions before.
  ///   - whole: what the question is with the conversation.
  init?(_ question: String, after earlier: [String], whole: String) {
    let known = Set(earlier.flatMap(Words.of).map(Words.stem))
    var seen: Set<String> = []
    let all = Words.of(question)
    // A word whose spelling was corrected is another one now.
    let kept = Set(Words.of(whole).map(Words.stem))
    let new = all.indices.filter { place in
      let word = all[place]
      let isTaking = place > 0 && all[place - 1] == "take" && ["place", "part"].contains(word)
      return !Words.isCommon(word) && !Self.empty.contains(word) && !isTaking
        && !known.contains(Words.stem(word)) && kept.contains(Words.stem(word))
        && seen.insert(Words.stem(word)).inserted
    }
    // "How many people does it serve?" is answered by a number: "Serves 4."
    let telling = new.filter { place in
      let isCounted = place > 1 && all[place - 2] == "how" && all[place - 1] == "many"
      return !(isCounted && QuestionGrammar.units.contains(all[place]))
    }
    words = (telling.isEmpty ? new : telling).map { all[$0] }
    guard !words.isEmpty else { return nil }
    let own = Set(words.map(Words.stem))
    let plain = whole.replacing("'s ", with: " ").replacing("’s ", with: " ")
    let carried = QuestionWords(plain).stems.filter {
      !own.contains($0) && !Self.saying.contains($0) && !Self.emptyStems.contains($0)
    }
    self.carried = carried
    let written = Facts(plain).names
    names = carried.filter(written.contains)
    var isThing = false
    if case .otherThing = FollowUp(question).dependence { isThing = true }
    namesThing = isThing
    let isPlain = isThing
    pairs = zip(all, all.dropFirst()).compactMap { first, second in
      let hasNumber = [first, second].contains { $0.allSatisfy(\.isNumber) }
      return hasNumber && isPlain && !Words.isCommon(first) && !Words.isCommon(second)
        ? [first, second] : nil
    }
  }

  /// Stems of what any text does that speaks of a thing.
  private static let saying: Set<String> = Set(
    ["mean", "specify", "define", "describe", "say", "regulate", "state", "stand"].map(Words.stem))
  private static let emptyStems = Set(empty.map(Words.stem))
  private static let empty: Set<String> = [
    "and", "but", "or", "so", "also", "then", "why", "more", "else", "one", "ones", "other", "another",
    "again",
    "same", "really", "exactly", "actually", "ok", "okay", "thanks", "now", "instead",
    "far", "long", "often", "take", "takes", "may", "might", "must", "shall", "get", "gets",
  ]
}
