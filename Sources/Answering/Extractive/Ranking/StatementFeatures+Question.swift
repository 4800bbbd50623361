import Retrieval

extension StatementFeatures {
  /// Measures a statement against a question.
  ///
  /// - Parameters:
  ///   - rarity: weight of each of the question's stems.
  ///   - headings: what can be looked for in the title and the headings of its passage.
  ///   - opened: which of the things in question it speaks of with or without its name, since it opens a page or section
  ///     that is titled with it; nil for none.
  init(
    _ item: ReadStatement, question: QuestionWords, rarity: [String: Double], headings: Set<String>,
    opened: Int? = nil, similarity: Double, tokens: Double? = nil, passage: Double
  ) {
    self.similarity = similarity
    self.tokens = tokens
    self.passage = passage
    var total = 0.0
    // "This command" names the command that the page is about.
    let isAboutPage =
      question.expectation == .definition
      && (opened != nil || Self.isAboutEntry(of: question, item, under: headings))
    let named =
      isAboutPage ? Set(question.subject) : opened.flatMap { question.comparison?.sides[$0].stems } ?? []
    for stem in question.stems {
      let weight = rarity[stem] ?? 1
      total += weight
      if item.terms.contains(stem) || named.contains(stem) {
        coverage += weight
        contextCoverage += weight
      } else if headings.contains(stem) || item.surroundings.contains(where: { $0.contains(stem) }) {
        contextCoverage += weight
      }
    }
    if total > 0 {
      coverage /= total
      contextCoverage /= total
    }
    // What the question names itself is no answer.
    let isNamed = item.mentions.wanted(by: question.expectation)?.contains { !question.stems.contains($0) }
    expected = isNamed == true ? 1 : 0
    if question.expectation == .definition {
      defines =
        item.definition.map { definition in
          question.names.contains { definition.defines($0, under: headings) }
        } == true
        ? 1
        : max(
          isAboutPage ? (question.asksUse ? 1 : Self.does) : 0, Self.definition(of: question, item))
    }
    if question.attribute?.isTold(by: item, under: headings) == true { attribute = 1 }
    if let comparison = question.comparison {
      compares = max(comparison.degree(of: item), opened == nil ? 0 : AskedComparison.oneSide)
    }
    if question.explanation == .reason { explains = item.reason * contextCoverage }
    if question.expectation == .amount, isNamed == true {
      let fits = !item.quantities.kinds.isDisjoint(with: question.quantities)
      if question.counted.isEmpty {
        quantity = fits ? 1 : 0
      } else {
        quantity =
          question.counted.contains(where: item.quantities.counted.contains) ? 1 : fits ? Self.uncounted : 0
      }
      // How heavy something is only a weight can say, while "how many" is answered in many ways.
      if !fits, !question.quantities.contains(.count) { expected = 0 }
    }
  }

  /// 1 if the statement opens with the thing and says what was asked of it, less if it says something else, or does so
  /// further on.
  private static func definition(of question: QuestionWords, _ item: ReadStatement) -> Double {
    for subject in question.subjects {
      switch SubjectOpening.predicate(of: subject, in: item.opening) {
      case .definition: return 1
      case .action: return question.asksUse ? 1 : Self.does
      case .ability: return Self.isAble
      case .passive: return Self.suffers
      case nil: continue
      }
    }
    let words = item.stems
    let subject = question.subject
    func verb(after subject: [String], in words: ArraySlice<String>) -> Bool {
      words.starts(with: subject) && words.dropFirst(subject.count).prefix(3).contains(where: verbs.contains)
    }
    for index in words.indices.dropLast(subject.count) where verb(after: subject, in: words[index...]) {
      return Self.furtherOn
    }
    return 0
  }

  /// Whether it says of "this command" what it is or does, in the entry of the thing or on its page.
  private static func isAboutEntry(
    of question: QuestionWords, _ item: ReadStatement, under headings: Set<String>
  ) -> Bool {
    guard item.opening.first == "this", item.opening.count > 2, QuestionWords.kinds.contains(item.opening[1]),
      SubjectOpening.predicate(of: Array(item.opening[..<2]), in: item.opening) != nil
    else { return false }
    return question.names.contains { name in
      name.allSatisfy(headings.contains)
        || item.entries.contains { Definition.isName($0, of: name, under: headings) }
    }
  }

  /// A number that fits, where it is not seen to count what the question asks for.
  private static let uncounted = 0.5
  /// What a thing does, where the question asks what it is; what it can do; what is done with it; and whatever is said of it
  /// within a statement about something else.
  private static let does = 0.8
  private static let isAble = 0.4
  private static let suffers = 0.2
  private static let furtherOn = 0.2

  private static let verbs: Set<String> = [
    "is", "ar", "are", "was", "were", "mean", "refer", "denot", "describ",
  ]
}
