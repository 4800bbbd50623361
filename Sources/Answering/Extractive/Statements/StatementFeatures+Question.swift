import Retrieval

extension StatementFeatures {
  /// Measures a statement against a question.
  ///
  /// - Parameters:
  ///   - rarity: weight of each of the question's stems.
  ///   - headings: what can be looked for in the title and the headings of its passage.
  init(
    _ item: ReadStatement, question: QuestionWords, rarity: [String: Double], headings: Set<String>,
    similarity: Double, tokens: Double? = nil, passage: Double
  ) {
    self.similarity = similarity
    self.tokens = tokens
    self.passage = passage
    var total = 0.0
    for stem in question.stems {
      let weight = rarity[stem] ?? 1
      total += weight
      if item.terms.contains(stem) {
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
        ? 1 : Self.definition(of: question.subject, words: item.stems)
    }
  }

  /// 1 if the statement opens with the subject and says what it is, 0.6 if it does so further on.
  private static func definition(of subject: [String], words: [String]) -> Double {
    let start = words.prefix(2).firstIndex { !["a", "an", "the"].contains($0) } ?? 0
    let opening = words.dropFirst(start)
    func verb(after subject: [String], in words: ArraySlice<String>) -> Bool {
      // The subject may be followed by an abbreviation in brackets or a few words before its verb.
      words.starts(with: subject) && words.dropFirst(subject.count).prefix(3).contains(where: verbs.contains)
    }
    guard !subject.isEmpty else { return 0 }
    if verb(after: subject, in: opening) { return 1 }
    for index in words.indices.dropLast(subject.count) where verb(after: subject, in: words[index...]) {
      return 0.6
    }
    return 0
  }

  private static let verbs: Set<String> = [
    "is", "ar", "are", "was", "were", "mean", "refer", "denot", "describ",
  ]
}
