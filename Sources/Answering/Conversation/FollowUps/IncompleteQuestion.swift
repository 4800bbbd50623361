/// A question that names what to know, and not of what: "What's the default?", "Which types are there?"
struct IncompleteQuestion {
  private let read: QuestionPhrases
  private let phrase: NounPhrase

  init?(_ question: String) {
    let read = QuestionPhrases(question)
    guard read.isQuestion, read.words.count <= 7, read.phrases.count == 1, let phrase = read.phrases.first,
      phrase.core.count == 1, phrase.owner == nil, phrase.preposition == nil, !read.isNamed(phrase),
      Self.known.contains(read.head(phrase)), !read.words.contains("to")
    else { return nil }
    // "What is power?" and "what is a type?" ask for a meaning.
    let isOpen = read.determiner(phrase).map { ["a", "an"].contains($0) } ?? (phrase.role != .asked)
    if isOpen, !read.words.contains("there"), !read.isPlural(phrase) || read.asksWhat { return nil }
    // "What does the default cost?" is of the thing itself.
    let rest = read.words[phrase.range.upperBound...]
    guard rest.allSatisfy({ ["there", "are", "is", "exist", "available", "then", "", "again"].contains($0) })
    else {
      return nil
    }
    (self.read, self.phrase) = (read, phrase)
  }

  /// The question with what it is asked of.
  func completed(with topic: Topic) -> String? {
    let head = read.head(phrase)
    let isKind = Self.kinds.contains(head)
    let name = isKind ? topic.text : topic.phrase
    var tokens = read.tokens
    let last = tokens[phrase.range.upperBound - 1]
    let mark = String(last.reversed().prefix { "?!.".contains($0) }.reversed())
    tokens[phrase.range.upperBound - 1] =
      "\(last.dropLast(mark.count)) \(Self.suited.contains(head) ? "for" : "of") \(name)\(mark)"
    return tokens.joined(separator: " ")
  }

  private static let kinds: Set<String> = ["types", "kinds", "sorts", "versions"]
  /// What is for something.
  private static let suited: Set<String> = [
    "default", "defaults", "syntax", "limit", "limits", "options", "requirements", "shortcut", "command",
    "reason", "reasons", "alternative", "alternatives",
  ]
  /// What is known of a thing and means little alone.
  static let known: Set<String> = [
    "default", "defaults", "syntax", "limit", "limits", "options", "requirements", "shortcut", "command",
    "reason", "reasons", "alternative", "alternatives", "types", "kinds", "sorts", "versions", "advantages",
    "disadvantages", "benefits", "drawbacks", "downsides", "limitations", "risks", "exceptions", "purpose",
    "drawback", "downside", "advantage", "disadvantage", "benefit", "price", "cost", "weight", "size",
    "maximum",
    "minimum",
  ]
}
