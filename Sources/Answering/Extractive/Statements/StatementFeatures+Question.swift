import Retrieval

extension StatementFeatures {
  /// Measures `statement` against a question.
  ///
  /// - Parameters:
  ///   - terms: what can be looked for in the statement.
  ///   - rarity: weight of each of the question's stems.
  ///   - context: what can be looked for in the headings above it and in the statement before.
  init(
    _ statement: Statement, terms: Set<String>, question: QuestionWords, rarity: [String: Double],
    context: Set<String>,
    similarity: Double, tokens: Double? = nil, passage: Double
  ) {
    self.similarity = similarity
    self.tokens = tokens
    self.passage = passage
    let words = Words.of(statement.text)
    let total = question.stems.reduce(0) { $0 + (rarity[$1] ?? 1) }
    func covered(_ held: (String) -> Bool) -> Double {
      total > 0 ? question.stems.reduce(0) { $0 + (held($1) ? rarity[$1] ?? 1 : 0) } / total : 0
    }
    coverage = covered { terms.contains($0) }
    contextCoverage = covered { terms.contains($0) || context.contains($0) }
    expected = Self.holds(question, statement.text, words) ? 1 : 0
    defines =
      question.expectation == .definition
      ? Self.definition(of: question.subject, words: words.map(Words.stem)) : 0
  }

  /// Whether a statement holds the kind of thing that is asked for, other than what the question names itself.
  private static func holds(_ question: QuestionWords, _ text: String, _ words: [String]) -> Bool {
    func isNew(_ word: String) -> Bool { !question.stems.contains(Words.stem(word)) }
    switch question.expectation {
    case .time:
      return words.contains { word in
        let isYear = word.count == 4 && Int(word).map { (1000...2199).contains($0) } ?? false
        return (isYear || months.contains(word)) && isNew(word)
      }
    case .amount:
      return words.contains { word in
        let isNumber = word.unicodeScalars.contains { $0.properties.numericType != nil }
        return (isNumber || numbers.contains(word)) && isNew(word)
      }
    case .person, .place:
      // A capital letter that does not start the statement.
      return text.split(whereSeparator: \.isWhitespace).dropFirst().contains { token in
        token.first { $0.isLetter || $0.isNumber }?.isUppercase ?? false
          && Words.of(String(token)).contains { isNew($0) && !Words.isCommon($0) }
      }
    case .definition, .other: return false
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
  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
  ]
  private static let numbers: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "dozen", "twenty",
    "thirty", "forty", "fifty", "hundred", "thousand", "million", "billion", "half", "third", "quarter",
    "twice",
  ]
}
