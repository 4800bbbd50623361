/// Reads the question that a passage answers from its heading or from how its text begins.
enum PassageQuestion {
  /// How sure it is that the question is a good one; less is better.
  enum Kind: Int {
    /// The heading is a question.
    case asked
    /// The heading says how to do something.
    case instruction
    /// The text begins with a definition.
    case definition
  }

  /// Questions by how sure they are, at most one of each kind but of headings.
  ///
  /// - Parameter cases: how the corpus writes the words that its sentences begin with.
  static func questions(heading: String?, text: String, cases: WordCases) -> [(Kind, String)] {
    var found: [(Kind, String)] = []
    // Short sections share a passage: their headings are lines of its text.
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.count <= 100 }.map(String.init)
    for heading in ([heading].compactMap { $0 } + lines).map(cleaned) where (8...100).contains(heading.count)
    {
      // "How often?" asks for nothing without its section.
      let isWhole = !heading.utf8.allSatisfy { $0 < 0x80 } || heading.split(separator: " ").count > 2
      if let last = heading.last, "?？؟".contains(last), isWhole { found.append((.asked, heading)) }
    }
    if let question = heading.map(cleaned).flatMap(instruction) { found.append((.instruction, question)) }
    if let question = definition(text, cases) { found.append((.definition, question)) }
    return found
  }

  /// "How to install it" and "Install it" become "How do I install it?", "When to leave" "When should I leave?".
  private static func instruction(_ heading: String) -> String? {
    guard (12...100).contains(heading.count) else { return nil }
    var words = heading.split(separator: " ").map { $0 == "your" ? "my" : String($0) }
    let first = words[0].lowercased()
    if words.count > 2, words[1] == "to", let opening = ["how": "How do I", "when": "When should I"][first] {
      return ([opening] + words.dropFirst(2)).joined(separator: " ") + "?"
    }
    // A heading in capitals, or of many parts, is no sentence.
    guard words.count > 2, imperatives.contains(first), words[0] != words[0].uppercased(),
      !heading.contains(where: { ",:;()".contains($0) })
    else { return nil }
    // "Open a file", but not "Open platforms and more".
    if nouns.contains(first), !determiners.contains(words[1].lowercased()) { return nil }
    words[0] = first
    return "How do I \(words.joined(separator: " "))?"
  }

  /// Verbs that tell a reader to do something and are rarely nouns at the start of a heading.
  private static let imperatives: Set<String> = [
    "add", "allow", "apply", "attach", "avoid", "choose", "configure", "connect", "convert", "create",
    "customise", "customize", "define", "delete", "deploy", "disable", "download", "edit", "enable", "find",
    "fix", "generate", "get", "import", "install", "keep", "make", "manage", "migrate", "move", "open",
    "prepare",
    "protect", "publish", "put", "reduce", "remove", "rename", "replace", "restore", "run", "secure", "send",
    "serve", "set", "share", "start", "stop", "take", "turn", "uninstall", "update", "upgrade", "upload",
    "use",
    "verify", "write",
  ]

  /// Those of them that stand before a noun as often, where they are no verbs: "Open standards in use".
  private static let nouns: Set<String> = ["open", "run", "set", "share", "start", "stop", "use"]
  /// What makes them verbs.
  private static let determiners: Set<String> = articles.union([
    "all", "and", "another", "any", "down", "it", "its", "more", "my", "new", "off", "on", "one", "or", "out",
    "several", "some", "that", "these", "this", "those", "two", "up", "with", "without",
  ])

  private static let articles: Set<String> = ["a", "an", "the"]
  private static let pronouns: Set<String> = [
    "it", "this", "that", "these", "those", "there", "he", "she", "they", "we", "you", "i", "which", "what",
    "here",
    "one", "such", "both", "each", "all", "some", "most", "many", "another", "other", "following", "first",
    "second",
    "next", "last", "result", "reason", "only", "same", "answer", "problem", "example", "idea", "goal",
    "point",
  ]

  /// "A Kalman filter is a …" becomes "What is a Kalman filter?", and "Forward kinematics is the …" "What is forward
  /// kinematics?".
  private static func definition(_ text: String, _ cases: WordCases) -> String? {
    let start = text.drop { $0.isWhitespace }
    let words = start.prefix { !".:;!?\n,(—–".contains($0) }.split(separator: " ", maxSplits: 9).map(
      String.init)
    guard let verb = words.firstIndex(where: { $0 == "is" || $0 == "are" }), (1...5).contains(verb),
      verb + 1 < words.count, articles.contains(words[verb + 1].lowercased())
    else { return nil }
    var subject = Array(words[..<verb])
    guard subject.allSatisfy({ word in word.allSatisfy { $0.isLetter || $0.isNumber || "-'’".contains($0) } })
    else {
      return nil
    }
    let hasArticle = articles.contains(subject[0].lowercased())
    let nouns = subject.dropFirst(hasArticle ? 1 : 0)
    guard let first = nouns.first, first.count > 2, nouns.count <= 4,
      !nouns.contains(where: { pronouns.contains($0.lowercased()) }),
      // Whose value "the value" is, its section tells.
      nouns.count > 1 || subject[0].lowercased() != "the" || first.first?.isUppercase == true
    else { return nil }
    if hasArticle {
      subject[0] = subject[0].lowercased()
    } else if isSmall(first, before: nouns.dropFirst(), isPlural: words[verb] == "are", cases) {
      subject[0] = first.lowercased()
    }
    return "What \(words[verb]) \(subject.joined(separator: " "))?"
  }

  /// Whether the first word of a sentence has its capital from there alone and is no name. Where the corpus does not tell,
  /// words that follow it small, or a plural, are not what a name has.
  private static func isSmall(
    _ first: String, before rest: some Sequence<String>, isPlural: Bool, _ cases: WordCases
  ) -> Bool {
    guard first.dropFirst().allSatisfy({ $0.isLowercase || $0 == "-" }) else { return false }
    var rest = rest.makeIterator()
    guard var next = rest.next() else { return cases.isSmall(first) ?? isPlural }
    while next == next.lowercased() {
      guard let word = rest.next() else { return cases.isSmall(first) ?? true }
      next = word
    }
    return false
  }

  /// A heading or a line without its number or the mark of a list, and with single spaces.
  private static func cleaned(_ heading: String) -> String {
    let words = heading.split(whereSeparator: \.isWhitespace)
    let isMarked = words.first.map { word in
      ["-", "*", "+", "•", "–"].contains(word)
        || word.contains(where: \.isNumber) && word.allSatisfy { $0.isNumber || ".)§".contains($0) }
    }
    return words.dropFirst(isMarked == true ? 1 : 0).joined(separator: " ")
  }
}
