/// What a follow-up asks beyond the conversation. The words of the turns before find passages whatever is new in it, so
/// that these words alone say whether there is an answer.
struct FollowUpFocus: Sendable, Equatable {
  /// Content words that no earlier question holds, in lower case.
  let words: [String]
  /// Stems of the other content words of the whole question.
  let carried: [String]
  /// Those of them that are written like names.
  let names: [String]
  /// Those of them that are written like other words, in small letters: a text may say the same with others.
  let ordinary: Set<String>
  /// Pairs of words that stand side by side because one of them is a number: `category 5`, `19-bit`.
  let pairs: [[String]]
  /// Whether it only names another thing: "And the foot?"
  let namesThing: Bool
  /// What a number has to measure where the word that asks for it is none of `words`: speed for "How fast does it run?"
  let quantities: Quantities.Kinds

  /// Nil where a follow-up has no word of its own.
  ///
  /// - Parameters:
  ///   - earlier: questions before.
  ///   - whole: what the question is with the conversation.
  init?(_ question: String, after earlier: [String], whole: String) {
    let known = Set(earlier.flatMap(Words.of).map(Words.stem))
    var seen: Set<String> = []
    let all = Words.of(question)
    // A word whose spelling was corrected is another one in `whole`.
    let plain = whole.replacing("'s ", with: " ").replacing("’s ", with: " ")
    let kept = Set(Words.of(plain).map(Words.stem))
    let doing = QuestionWords.asksHowTo(all) ? Set(all).intersection(Self.acting) : []
    let new = all.indices.filter { place in
      let word = all[place]
      if doing.contains(word) { return false }
      let isTaking = place > 0 && all[place - 1] == "take" && ["place", "part"].contains(word)
      return !Words.isCommon(word) && !Self.empty.contains(word) && !isTaking
        && !known.contains(Words.stem(word)) && kept.contains(Words.stem(word))
        && seen.insert(Words.stem(word)).inserted
    }
    // "How many people does it serve?" is answered by a number: "Serves 4."
    let telling = new.filter { place in
      let isCounted = place > 1 && all[place - 2] == "how" && all[place - 1] == "many"
      let isMeasured = place > 0 && all[place - 1] == "how" && Quantities.isMeasure(all[place])
      return !isMeasured && !(isCounted && QuestionGrammar.units.contains(all[place]))
    }
    let isLeftOut = !telling.isEmpty && telling.count < new.count
    words = (isLeftOut ? telling : new).map { all[$0] }
    quantities = isLeftOut ? Quantities.asked(all).kinds.subtracting(.share) : []
    guard !words.isEmpty else { return nil }
    let own = Set(words.map(Words.stem)).union(Set(doing.map(Words.stem)).subtracting(known))
    let carried = QuestionWords(plain).stems.filter {
      !own.contains($0) && !Self.saying.contains($0) && !Self.emptyStems.contains($0)
    }
    self.carried = carried
    let written = Facts(plain).names
    names = carried.filter(written.contains)
    let small = plain.split(whereSeparator: \.isWhitespace).dropFirst().filter { token in
      !token.contains { $0.isUppercase || $0.isNumber }
    }
    ordinary = Set(small.flatMap { Words.of(String($0)) }.map(Words.stem)).intersection(carried)
    let isOtherThing = FollowUp(question).namesOtherThing
    namesThing = isOtherThing
    pairs = zip(all, all.dropFirst()).compactMap { first, second in
      let hasNumber = [first, second].contains { $0.allSatisfy(\.isNumber) }
      return hasNumber && isOtherThing && !Words.isCommon(first) && !Words.isCommon(second)
        ? [first, second] : nil
    }
  }

  /// Stems of what any text does that speaks of a thing.
  private static let saying: Set<String> = Set(
    ["mean", "specify", "define", "describe", "say", "regulate", "state", "stand"].map(Words.stem))
  /// What somebody may want to do with anything, of which texts speak in many words: "unset" for "undo".
  private static let acting: Set<String> = [
    "turn", "switch", "enable", "disable", "activate", "deactivate", "undo", "make", "put", "set", "write",
    "use",
    "change", "keep", "let", "give", "create", "try", "go", "off",
  ]
  private static let emptyStems = Set(empty.map(Words.stem))
  private static let empty: Set<String> = [
    "and", "but", "or", "so", "also", "then", "why", "more", "else", "one", "ones", "other", "another",
    "again",
    "same", "really", "exactly", "actually", "ok", "okay", "thanks", "now", "instead",
    "far", "long", "often", "take", "takes", "may", "might", "must", "shall", "get", "gets",
  ]
}
