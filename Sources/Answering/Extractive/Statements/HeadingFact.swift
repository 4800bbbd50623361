import Retrieval

/// What only a heading says of the text below it: the date of a release, the version that something came with.
enum HeadingFact {
  /// The nearest heading above a statement that holds what a question asks for, where the statement itself does not.
  static func heading(
    for question: QuestionWords, above item: ReadStatement, in passage: Passage
  ) -> String? {
    guard [.time, .version].contains(question.expectation), !holds(item.mentions, question) else {
      return nil
    }
    let section = item.statement.section
    let headings = (section.isEmpty ? [] : [section]) + passage.headingPath.reversed()
    return headings.first { holds(Mentions(of: $0), question) }
  }

  /// Whether a passage stands under a heading that gives a time to the very version that the question names.
  static func dates(_ question: QuestionWords, _ passage: Passage) -> Bool {
    guard question.expectation == .time, let version = question.stems.first(where: Mentions.isVersion) else {
      return false
    }
    return passage.headingPath.contains { heading in
      Words.stems(heading).contains(version) && holds(Mentions(of: heading), question)
    }
  }

  /// Whether something is named that the question asks for and does not name itself.
  private static func holds(_ mentions: Mentions, _ question: QuestionWords) -> Bool {
    mentions.wanted(by: question.expectation)?.contains { !question.stems.contains($0) } ?? false
  }
}
