/// Words that choose between two things which were named before, or speak of both: "the second one", "between them".
enum PairReference: Equatable {
  case first(Range<Int>)
  case second(Range<Int>)
  /// The one that the question before was not about.
  case other(Range<Int>)
  case both(Range<Int>)
  /// "Which one should I use?", "which is better?"
  case which
  /// "What's the difference?"
  case difference

  init?(_ words: [String]) {
    for place in words.indices {
      let next = place + 1 < words.count ? words[place + 1] : ""
      let third = place + 2 < words.count ? words[place + 2] : ""
      switch words[place] {
      case "the":
        let isAlone = third == "one" || third.isEmpty || QuestionGrammar.auxiliaries.contains(third)
        let range = place..<min(place + (third == "one" ? 3 : 2), words.count)
        switch next {
        case "former": self = .first(range)
        case "latter": self = .second(range)
        case "first" where isAlone: self = .first(range)
        case "second" where isAlone: self = .second(range)
        case "other" where isAlone: self = .other(range)
        default: continue
        }
        return
      case "between", "of", "than":
        let length = ["two", "2"].contains(third) && ["the", "these", "those"].contains(next) ? 2 : 1
        guard length == 2 || (next == "them" && words[place] != "than") || next == "both" else { continue }
        // "Which of them" and "either of them" choose, "ten of them" does not.
        let before = place > 0 ? words[place - 1] : ""
        guard words[place] != "of" || ["which", "either", "one", "neither", "both"].contains(before) else {
          continue
        }
        self = .both(place + 1..<place + 1 + length)
        return
      case "which":
        let isFirst = words[..<place].allSatisfy { ["and", "so", "but", "then"].contains($0) }
        if isFirst, next == "one" || ["is", "should", "would", "do", "does"].contains(next) {
          self = .which
          return
        }
      default: continue
      }
    }
    let known: Set<String> = [
      "and", "so", "what", "whats", "what's", "is", "the", "difference", "differences", "are", "then",
    ]
    guard words.contains(where: { $0.hasPrefix("difference") }), words.allSatisfy(known.contains) else {
      return nil
    }
    self = .difference
  }

  /// The question with the names of what it speaks of: "how do I turn the first into the second?" has two.
  func said(_ tokens: [Substring], of pair: ThingPair, after last: String) -> String {
    let once = named(tokens, of: pair, after: last)
    let rest = once.split(whereSeparator: \.isWhitespace)
    switch PairReference(rest.map(FollowUp.word)) {
    case .first(let range)?: return PairReference.first(range).named(rest, of: pair, after: last)
    case .second(let range)?: return PairReference.second(range).named(rest, of: pair, after: last)
    default: return once
    }
  }

  private func named(_ tokens: [Substring], of pair: ThingPair, after last: String) -> String {
    func replaced(_ range: Range<Int>, _ name: String) -> String {
      let tail = tokens[range.upperBound - 1].reversed().prefix { "?!.,;:".contains($0) }.reversed()
      return (tokens[..<range.lowerBound] + [name + String(tail)[...]] + tokens[range.upperBound...])
        .joined(separator: " ")
    }
    let whole = FollowUp.trimmed(tokens.joined(separator: " "))
    switch self {
    case .first(let range): return replaced(range, pair.first)
    case .second(let range): return replaced(range, pair.second)
    case .other(let range):
      let words = Set(Words.of(last))
      let speaksOfSecond = Words.of(pair.second).allSatisfy(words.contains)
      let speaksOfFirst = Words.of(pair.first).allSatisfy(words.contains)
      return replaced(range, speaksOfSecond && !speaksOfFirst ? pair.first : pair.second)
    case .both(let range): return replaced(range, "\(pair.first) and \(pair.second)")
    case .which: return "\(whole), \(pair.first) or \(pair.second)?"
    case .difference: return "\(whole) between \(pair.first) and \(pair.second)?"
    }
  }
}
