import Retrieval

/// The words of a question that an answer can share, and what kind of answer it asks for.
struct QuestionWords: Sendable, Equatable {
  enum Expectation: Sendable { case person, time, version, amount, place, definition, other }

  /// Stems of its content words, each once.
  let stems: [String]
  let expectation: Expectation
  /// Stems of the thing that is to be defined, for a definition.
  let subject: [String]

  init(_ question: String) {
    let words = Words.of(question)
    var seen: Set<String> = []
    let content = Words.of(question, keepsDots: true).filter { !Words.isCommon($0) }
    stems = (content.isEmpty ? words : content).map(Words.stem).filter { seen.insert($0).inserted }
    let opening = words.prefix(3)
    subject = Self.definedSubject(words).map(Words.stem)
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
      } else if zip(words, words.dropFirst()).contains(where: {
        $0 == "how"
          && ["many", "much", "long", "far", "tall", "heavy", "fast", "old", "often", "large", "big", "high"]
            .contains($1)
      }) || words.contains("percentage") || words.contains("percent") {
        .amount
      } else if words.contains("where") { .place } else { .other }
  }

  /// Whether a question may be answered by commands, code or a formula as they stand in the documents: it names such a
  /// thing, or asks how the reader does something.
  static func asksForCode(_ question: String) -> Bool {
    let words = Words.of(question)
    return words.contains(where: codeWords.contains) || asksHowTo(words)
  }

  /// Whether a question asks how the reader does something.
  static func asksHowTo(_ question: String) -> Bool { asksHowTo(Words.of(question)) }

  private static func asksHowTo(_ words: [String]) -> Bool {
    zip(words, words.dropFirst()).contains { first, second in
      first == "how" && (second == "to" || second == "can" || second == "do" || second == "should")
        && (second == "to" || words.contains { ["i", "we", "you", "one"].contains($0) })
    }
  }

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

  /// X of "What is (a) X?", "Who was X?", "Define X".
  private static func definedSubject(_ words: [String]) -> [String] {
    guard let first = words.first else { return [] }
    var rest = words.dropFirst()
    if first == "define" {
      // The whole rest is the subject.
    } else if ["what", "who"].contains(first), let verb = rest.first,
      ["is", "are", "was", "were"].contains(verb)
    {
      rest = rest.dropFirst()
    } else if first == "whats" || first == "what's" {
      // "What's X?"
    } else {
      return []
    }
    if let article = rest.first, ["a", "an", "the"].contains(article) { rest = rest.dropFirst() }
    let subject = Array(rest)
    let relations: Set<String> = [
      "of", "in", "for", "to", "by", "with", "that", "on", "at", "from", "between",
    ]
    return subject.count <= 4 && !subject.contains(where: relations.contains) ? subject : []
  }
}
