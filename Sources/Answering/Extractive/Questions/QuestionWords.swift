import Retrieval

/// The words of a question that an answer can share, and what kind of answer it asks for.
struct QuestionWords: Sendable, Equatable {
  enum Expectation: Sendable { case person, time, version, amount, place, definition, other }

  /// Stems of its content words, each once.
  let stems: [String]
  let expectation: Expectation
  /// Stems of the thing that is to be defined, for a definition.
  let subject: [String]
  /// Words by which a definition may name it: `explain` and `explain command` for "the EXPLAIN command".
  let subjects: [[String]]
  /// Their stems.
  let names: [[String]]
  /// Whether it asks what a thing does or is for.
  let asksUse: Bool
  /// Kinds of quantities that would answer it; none if it asks for none.
  let quantities: Quantities.Kinds
  /// The value that it asks for, where its form can be told; nil for anything else.
  let value: AskedValue?
  /// Stems of what is to be counted.
  let counted: [String]
  /// Whether it asks for no more than yes or no, so that its own words may answer it.
  let asksWhether: Bool
  /// What it wants explained; nil if it asks for something else.
  let explanation: Explanation?
  /// What it wants told apart; nil if it asks for something else.
  let comparison: AskedComparison?
  /// What it asks of a thing that it names; nil if it asks for something else.
  let attribute: AskedAttribute?
  /// Whether it asks what holds unless something else is set: "by default".
  let asksDefault: Bool
  /// What it calls by the names that code has for it.
  let codeNames: [CodeName]
  /// Numbers with dots that it names, which may be versions.
  let versions: [VersionName]

  init(_ question: String) {
    let words = Words.of(question)
    var seen: Set<String> = []
    comparison = AskedComparison(words)
    let asking =
      comparison != nil
      ? AskedComparison.asking : words.first == "what" && words.last == "for" ? Self.uses : []
    let content = Words.of(question, keepsDots: true)
      .filter { !Words.isCommon($0) && !asking.contains($0) }
    stems = (content.isEmpty ? words : content).map(Words.stem).filter { seen.insert($0).inserted }
    let opening = words.prefix(3)
    asksWhether = words.first.map(Self.whether.contains) ?? false
    explanation = Explanation(words)
    attribute = AskedAttribute(words)
    asksDefault = words.contains("default")
    versions = VersionName.all(in: question)
    codeNames = CodeName.all(in: question)
    let defined = Self.definedSubject(words, codeNames)
    asksUse = Self.asksUse(words)
    (quantities, counted) = Quantities.asked(words)
    value = AskedValue(words, quantities: quantities)
    subject = defined.map(Words.stem)
    subjects = Self.names(of: defined)
    names = subjects.map { $0.map(Words.stem) }
    expectation =
      if !subject.isEmpty {
        .definition
      } else if words.contains("who") || words.contains("whom") || words.contains("whose") {
        .person
      } else if words.contains("when") || (words.contains("year") && opening.contains("what"))
        || (words.contains("date") && opening.contains("what"))
      {
        .time
      } else if zip(words, words.dropFirst()).contains(where: {
        ["which", "what"].contains($0) && ["version", "release"].contains($1)
      }) {
        .version
      } else if !quantities.isEmpty {
        .amount
      } else if words.contains("where") { .place } else { .other }
  }

  /// Whether a question may be answered by commands, code or a formula as they stand in the documents: it names such a
  /// thing, or asks how the reader does something.
  static func asksForCode(_ question: String) -> Bool {
    let words = Words.of(question)
    // "Can I …?" wants to be told no as well.
    return words.contains(where: codeWords.contains) || asksHowTo(words) && words.first != "can"
  }

  /// Whether a question asks how the reader does something.
  static func asksHowTo(_ question: String) -> Bool { asksHowTo(Words.of(question)) }

  static func asksHowTo(_ words: [String]) -> Bool {
    if ways.contains(where: words.starts) { return true }
    return zip(words, words.dropFirst()).contains { first, second in
      first == "how" && (second == "to" || second == "can" || second == "do" || second == "should")
        && (second == "to" || words.contains { ["i", "we", "you", "one"].contains($0) })
    }
  }

  static let whether = QuestionGrammar.auxiliaries.union(["isnt", "arent", "doesnt", "dont", "cant"])
  /// What asks whether the reader can do something, and wants to be told how.
  private static let ways: [[String]] =
    ["i", "we", "you", "one"].map { ["can", $0] } + ["a", "any"].map { ["is", "there", $0, "way", "to"] }
    + [["is", "it", "possible", "to"]]
  private static let codeWords: Set<String> = [
    "command", "commands", "code", "snippet", "snippets", "example", "examples", "script", "scripts",
    "syntax",
    "formula", "formulas", "formulae", "equation", "equations", "configuration", "config",
    "yaml", "json", "xml", "shell", "terminal", "flag", "flags", "implement",
    "implemented", "implementation", "calculate", "calculated", "compute", "computed",
  ]

  /// Whether a question names anything. A word in capitals does, though small it be common: "What is IT?".
  static func hasContent(_ question: String) -> Bool {
    let words = question.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
    let isShouted = !question.contains(where: \.isLowercase)
    return words.contains { word in
      Words.of(String(word)).contains { !Words.isCommon($0) }
        || (!isShouted && word.count > 1 && word.allSatisfy(\.isUppercase))
    }
  }

  /// Whether a question for a thing asks what it does or is for, and not what it is.
  private static func asksUse(_ words: [String]) -> Bool {
    guard words.first == "what", words.count > 2 else { return false }
    return ["does", "do"].contains(words[1]) && words.last == "do"
      || words.last == "for" && words[1] != "does"
      || words.contains("purpose") || words.contains("role") || words.contains("use")
  }

  /// X of "What is (a) X?", "Who was X?", "Define X", "Tell me about X", "What does X do?", "What is X for?".
  private static func definedSubject(_ words: [String], _ names: [CodeName]) -> [String] {
    guard let first = words.first else { return [] }
    var rest = words.dropFirst()
    if let request = requests.first(where: words.starts) {
      rest = words.dropFirst(request.count)
      if rest.contains(where: clauses.contains) { return [] }
    } else if first == "what", let verb = rest.first, ["does", "do"].contains(verb) {
      guard
        let end = ends.first(where: { rest.count > $0.count + 1 && rest.suffix($0.count).elementsEqual($0) })
      else { return [] }
      rest = rest.dropFirst().dropLast(end.count)
    } else if first == "whats"
      || ["what", "who"].contains(first) && rest.first.map(Self.beings.contains) == true
    {
      if first != "whats" { rest = rest.dropFirst() }
      if let aim = aims.first(where: { rest.starts(with: $0) }) {
        rest = rest.dropFirst(aim.count)
      } else if first != "who", rest.last == "for" {
        rest = rest.dropLast()
        if let last = rest.last, Self.uses.contains(last) { rest = rest.dropLast() }
      }
    } else {
      return []
    }
    if let article = rest.first, Words.articles.contains(article) { rest = rest.dropFirst() }
    let subject = Array(rest)
    if names.contains(where: { $0.words == subject }) { return subject }
    return subject.count <= 4 && !subject.contains(where: relations.contains) ? subject : []
  }

  /// A thing, and the same without the word that says of what kind it is.
  static func names(of subject: some Collection<String>) -> [[String]] {
    let subject = Array(subject)
    guard !subject.isEmpty else { return [] }
    var names = [subject]
    if subject.count > 1, let last = subject.last, kinds.contains(last) { names.append(subject.dropLast()) }
    if subject.count > 1, kinds.contains(subject[0]) { names.append(Array(subject.dropFirst())) }
    return names
  }

  /// What would say more of X than its name.
  private static let relations: Set<String> = [
    "of", "in", "for", "to", "by", "with", "that", "on", "at", "from", "between",
  ]
  /// What asks for X without a question.
  private static let requests = [["define"], ["explain"], ["describe"], ["tell", "me", "about"]]
  /// What is no thing but a question within the request, or lies in the conversation before it.
  private static let clauses: Set<String> = [
    "how", "why", "what", "when", "where", "which", "who", "whether", "if", "this", "it", "them", "me", "us",
  ]
  /// What "What does X" ends with when it asks what X is.
  private static let ends = [["do"], ["mean"], ["stand", "for"], ["refer", "to"]]
  private static let beings: Set<String> = ["is", "are", "was", "were"]
  /// What stands between X and "for".
  private static let uses: Set<String> = ["used", "useful", "good", "meant", "needed", "there", "intended"]
  /// What stands before X when its purpose is asked for.
  private static let aims = ["purpose", "meaning", "role", "use"].map { ["the", $0, "of"] }
  static let kinds: Set<String> = [
    "command", "option", "function", "parameter", "setting", "statement", "flag", "keyword", "method",
    "variable", "argument", "attribute", "field", "type", "module", "class", "operator", "clause", "view",
  ]
}
