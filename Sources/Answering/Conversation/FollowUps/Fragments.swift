/// How people write what is less than a sentence.
enum Fragments {
  /// Whether a message without "and" only adds to the question before: "in all open files?", "only one table".
  static func isBare(_ words: [String]) -> Bool {
    guard let first = words.first, (1...7).contains(words.count),
      !words.contains(where: {
        Words.interrogatives.contains($0) || QuestionGrammar.auxiliaries.contains($0)
          || QuestionGrammar.requests.contains($0)
      })
    else { return false }
    if isCircumstance(words) { return true }
    guard words.count > 1 else { return false }
    if ["only", "just"].contains(first) { return true }
    // "For loop" and "with statement" name something.
    if first == "as", words[1] != "another", !QuestionGrammar.determiners.contains(words[1]) { return false }
    return QuestionGrammar.prepositions.contains(first) && !["than", "like"].contains(first)
      && !words.contains(where: keywords.contains)
  }

  /// Whether words say how, when or how often, and name nothing: "vertically", "backwards", "10 times".
  static func isCircumstance(_ words: [String]) -> Bool {
    switch words.count {
    case 1:
      return QuestionGrammar.circumstances.contains(words[0]) || directions.contains(words[0])
        || (words[0].hasSuffix("lly") && words[0].count > 6)
    case 2: return words[1] == "times" && (words[0].allSatisfy(\.isNumber) || numerals.contains(words[0]))
    default: return false
    }
  }

  /// Whether a token is written like what is typed: `robots.txt`, `max_connections`, `--all`, `git-rebase` is not.
  static func isCode(_ token: String) -> Bool {
    let core = token.drop { "\"'`(".contains($0) }
    if core.first == "-", core.dropFirst().contains(where: \.isLetter) { return true }
    guard let last = core.lastIndex(where: { $0.isLetter || $0.isNumber }) else { return false }
    let inner = core[...last].dropFirst()
    return inner.contains { "._".contains($0) } || inner.contains("::")
  }

  /// Whether a word is an acronym in small letters: `pdf`, `svg`.
  static func isAcronym(_ word: String) -> Bool {
    (2...5).contains(word.count) && word.allSatisfy { $0.isLetter && !"aeiouy".contains($0) }
  }

  /// Nouns that say of what kind the name before them is.
  static let kinds: Set<String> = [
    "function", "functions", "option", "command", "class", "method", "module", "package", "setting",
    "operator",
    "keyword", "library", "variable", "directive", "statement",
  ]
  /// "It's" is written "its" by many.
  static func tokens(_ question: String) -> [Substring] {
    let tokens = question.split(whereSeparator: \.isWhitespace)
    guard let place = tokens.indices.dropLast().first(where: { FollowUp.word(tokens[$0]) == "its" }) else {
      return tokens
    }
    let next = FollowUp.word(tokens[place + 1])
    let isSaid =
      QuestionGrammar.adverbs.contains(next) || QuestionGrammar.determiners.contains(next)
      || (QuestionGrammar.isParticiple(next) && place + 2 == tokens.count)
    return isSaid ? tokens[..<place] + ["it", "is"] + tokens[(place + 1)...] : tokens
  }

  /// Whether a message asks for an example and names nothing: "can you show me one, for example?"
  static func asksExample(_ words: [String]) -> Bool {
    words.count <= 10 && words.contains(where: examples.contains)
      && words.allSatisfy { examples.contains($0) || asking.contains($0) }
  }

  static let examples: Set<String> = ["example", "examples", "instance", "sample", "snippet", "samples"]
  /// Words around them in a request that names nothing.
  static let asking: Set<String> = [
    "can", "could", "you", "please", "give", "show", "me", "us", "an", "a", "some", "any", "for", "code",
    "of",
    "that", "it", "this", "is", "are", "there", "have", "do", "got", "i", "see", "and", "with", "maybe",
    "simple",
    "short", "another", "one", "want", "need", "get", "so", "ok",
  ]
  /// Words between "it is" and "to" that judge what follows.
  static let judging: Set<String> = [
    "ok", "okay", "fine", "good", "bad", "best", "hard", "easy", "worth", "wise", "legal", "dangerous",
    "common",
    "recommended", "useful",
  ]
  private static let directions: Set<String> = [
    "backwards", "backward", "forwards", "forward", "twice", "globally", "locally", "horizontally",
    "remotely",
    "temporarily", "permanently", "recursively", "manually",
  ]
  private static let numerals: Set<String> = ["two", "three", "four", "five", "ten", "several", "many", "n"]
  private static let keywords: Set<String> = [
    "loop", "loops", "statement", "statements", "keyword", "expression", "clause", "operator",
  ]
}
