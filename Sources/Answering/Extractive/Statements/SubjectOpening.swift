/// What the first words of a statement say of the thing that a question asks about: what it is, or what it does.
enum SubjectOpening {
  enum Predicate: Sendable, Equatable {
    /// "X is a …", "X means …".
    case definition
    /// "X removes …", "Xs allow …", "X is used to …".
    case action
    /// "X can …", "X has …".
    case ability
    /// "X is called by …".
    case passive
  }

  /// First words of a statement that are looked at.
  static let words = 16

  /// What is said of the thing that is called `subject`, nil where the statement does not begin with it.
  ///
  /// - Parameters:
  ///   - subject: words in lower case.
  ///   - words: the first words of the statement, in lower case.
  static func predicate(of subject: [String], in words: [String]) -> Predicate? {
    let opening = words.drop { articles.contains($0) }
    guard !subject.isEmpty, opening.count > subject.count,
      zip(opening, subject).allSatisfy({ Words.stem($0) == Words.stem($1) })
    else { return nil }
    let last = opening[opening.startIndex + subject.count - 1]
    let isPlural = Words.hasPluralEnding(last)
    // "Clustering is …" says nothing of what a cluster is, "clustering means …" does.
    let isAct = last.hasSuffix("ing") && subject.last?.hasSuffix("ing") == false
    var rest = opening.dropFirst(subject.count)
    for _ in 0..<3 {
      guard let word = rest.first else { return nil }
      if let predicate = predicate(beginning: rest, isPlural: isPlural) {
        return isAct && !meanings.contains(word) ? nil : predicate
      }
      if QuestionWords.kinds.contains(word) || adverbs.contains(word) || word.hasSuffix("ly")
        || isShort(word, for: subject)
      {
        rest = rest.dropFirst()
      } else if prepositions.contains(word), rest.count > 2 {
        rest = rest.dropFirst().drop { articles.contains($0) }.dropFirst()
      } else {
        return nil
      }
    }
    return isAct ? nil : predicate(beginning: rest, isPlural: isPlural)
  }

  private static func predicate(beginning words: ArraySlice<String>, isPlural: Bool) -> Predicate? {
    guard let verb = words.first else { return nil }
    let next = words.dropFirst().first { !adverbs.contains($0) && !$0.hasSuffix("ly") } ?? ""
    if copulas.contains(verb) {
      if uses.contains(next) { return .action }
      if meanings.contains(next) { return .definition }
      return next.hasSuffix("ed") || participles.contains(next) ? .passive : .definition
    }
    if meanings.contains(verb) { return .definition }
    if abilities.contains(verb) { return .ability }
    if isPlural { return actions.contains(verb) ? .action : nil }
    // A noun in its place would be followed by a verb: "VACUUM operations are …", "WAL records use a …".
    guard Words.hasPluralEnding(verb), verb.utf8.count > 3, !copulas.contains(next), !abilities.contains(next)
    else {
      return nil
    }
    let isVerb = actions.contains(next) && words.dropFirst(2).first.map(articles.contains) == true
    return isVerb ? nil : .action
  }

  /// Whether a word is made of the first letters of the subject's words.
  private static func isShort(_ word: String, for subject: [String]) -> Bool {
    subject.count > 1 && word.elementsEqual(subject.compactMap(\.first))
  }

  private static let articles: Set<String> = Words.articles.union(["each", "every", "any"])
  private static let copulas: Set<String> = ["is", "are", "was", "were"]
  private static let adverbs: Set<String> = [
    "also", "just", "then", "often", "always", "now", "still", "thus", "both", "not",
  ]
  private static let prepositions: Set<String> = ["in", "of", "for", "on", "with", "within", "from"]
  private static let abilities: Set<String> = [
    "can", "may", "will", "must", "should", "could", "would", "might", "has", "have", "had", "does", "do",
    "did", "cannot",
  ]
  private static let uses: Set<String> = [
    "used", "designed", "intended", "meant", "useful", "needed", "responsible",
  ]
  private static let meanings: Set<String> = [
    "mean", "means", "meant", "refer", "refers", "denote", "denotes", "describe", "describes", "called",
    "known",
    "defined", "based", "composed", "represent", "represents", "stands", "named", "made",
  ]
  private static let participles: Set<String> = [
    "done", "made", "given", "taken", "shown", "written", "run", "set", "kept", "held", "found", "begun",
    "sent", "seen",
    "built", "put", "being",
  ]
  private static let actions: Set<String> = [
    "allow", "let", "provide", "hold", "store", "contain", "make", "enable", "give", "help", "keep", "define",
    "offer",
    "use", "show", "tell", "create", "control", "determine", "specify", "protect", "prevent", "ensure",
    "support", "serve",
    "act", "work", "consist", "form", "carry", "connect", "move", "measure", "turn", "produce", "record",
    "manage", "run",
    "send", "return", "remove", "change", "group", "combine", "separate", "link", "list", "take", "need",
    "apply", "add",
    "reduce", "improve", "perform", "generate", "cause", "convert", "convey", "identify", "collect",
    "implement",
  ]
}
