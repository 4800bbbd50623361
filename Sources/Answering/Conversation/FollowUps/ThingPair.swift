/// Two things that a conversation holds against each other: what "the other one" and "which is better?" choose from.
struct ThingPair: Equatable {
  let first: String
  let second: String

  /// The two of "the difference between merge and rebase" and of "merge or rebase".
  init?(_ question: String) {
    let read = QuestionPhrases(question)
    let words = read.words
    let compares = words.contains { ["between", "compare", "difference", "differences"].contains($0) }
    guard
      let place = words.indices.dropFirst().dropLast().last(where: {
        ["or", "vs", "versus"].contains(words[$0]) || (words[$0] == "and" && compares)
      })
    else { return nil }
    func isPart(_ place: Int) -> Bool {
      QuestionGrammar.isContent(words[place]) || words[place].isEmpty
    }
    var start = place
    while start > 0, place - start < 4, isPart(start - 1), !QuestionGrammar.verbs.contains(words[start - 1]) {
      start -= 1
    }
    var end = place + 1
    if Words.articles.contains(words[end]) { end += 1 }
    let open = end
    while end < words.count, end - open < 4, isPart(end) { end += 1 }
    guard start < place, end > open else { return nil }
    first = read.text(start..<place)
    second = read.text(open..<end)
    if first.isEmpty || second.isEmpty || first == second { return nil }
  }

  /// What `whole` has in the place of something in the question before it.
  init?(exchanged whole: String, for last: String) {
    let (old, new) = (Self.tokens(last), Self.tokens(whole))
    let same = zip(old, new).prefix { $0.lowercased() == $1.lowercased() }.count
    let left = min(old.count, new.count) - same
    let ending = zip(old.reversed(), new.reversed()).prefix { $0.lowercased() == $1.lowercased() }.count
    let end = min(ending, left)
    let (before, after) = (old[same..<old.count - end], new[same..<new.count - end])
    guard (1...4).contains(before.count), (1...4).contains(after.count) else { return nil }
    func named(_ words: ArraySlice<String>) -> String {
      let rest = Words.articles.contains(words[words.startIndex].lowercased()) ? words.dropFirst() : words
      return rest.joined(separator: " ")
    }
    (first, second) = (named(before), named(after))
    let opens = { (text: String) in
      QuestionGrammar.prepositions.contains(String(text.prefix { $0 != " " }).lowercased())
    }
    if first.isEmpty || second.isEmpty || opens(first) || opens(second) { return nil }
  }

  private static func tokens(_ question: String) -> [String] {
    FollowUp.trimmed(question).split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
