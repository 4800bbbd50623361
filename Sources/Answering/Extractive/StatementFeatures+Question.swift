import Retrieval

extension StatementFeatures {
  /// Measures `statement` against a question.
  ///
  /// - Parameters:
  ///   - rarity: weight of each of the question's stems.
  ///   - context: stems of the headings above the passage and of the statement before.
  init(
    _ statement: Statement, question: QuestionWords, rarity: [String: Double], context: Set<String>,
    similarity: Double, passage: Double
  ) {
    self.similarity = similarity
    self.passage = passage
    let words = Words.of(statement.text)
    let stems = Set(words.map(Words.stem))
    let total = question.stems.reduce(0) { $0 + (rarity[$1] ?? 1) }
    func covered(_ held: (String) -> Bool) -> Double {
      total > 0 ? question.stems.reduce(0) { $0 + (held($1) ? rarity[$1] ?? 1 : 0) } / total : 0
    }
    coverage = covered { stems.contains($0) }
    contextCoverage = covered { stems.contains($0) || context.contains($0) }
    expected = Self.holds(question.expectation, statement.text, words) ? 1 : 0
    defines =
      question.expectation == .definition
      ? Self.definition(of: question.subject, words: words.map(Words.stem)) : 0
  }

  private static func holds(_ expectation: QuestionWords.Expectation, _ text: String, _ words: [String])
    -> Bool
  {
    switch expectation {
    case .time:
      words.contains { word in
        (word.count == 4 && Int(word).map { (1000...2199).contains($0) } ?? false) || months.contains(word)
      }
    case .amount:
      words.contains {
        $0.unicodeScalars.contains { $0.properties.numericType != nil } || numbers.contains($0)
      }
    case .person, .place:
      // A capital letter that does not start the statement.
      text.split(whereSeparator: \.isWhitespace).dropFirst().contains { $0.first?.isUppercase ?? false }
    case .definition, .other: false
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
