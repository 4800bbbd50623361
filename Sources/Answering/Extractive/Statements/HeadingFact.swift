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

  /// Whether a passage stands under a heading that names a version of the question.
  static func namesVersion(_ question: QuestionWords, _ passage: Passage) -> Bool {
    !versionHeadings(question, passage).isEmpty
  }

  /// Whether that heading gives the time that the question asks for.
  static func datesVersion(_ question: QuestionWords, _ passage: Passage) -> Bool {
    question.expectation == .time
      && versionHeadings(question, passage).contains { holds(Mentions(of: $0), question) }
  }

  private static func versionHeadings(_ question: QuestionWords, _ passage: Passage) -> [String] {
    let versions = question.stems.filter(Mentions.isVersion)
    guard !versions.isEmpty else { return [] }
    return passage.headingPath.filter { heading in Words.stems(heading).contains(where: versions.contains) }
  }

  /// Whether something is named that the question asks for and does not name itself.
  private static func holds(_ mentions: Mentions, _ question: QuestionWords) -> Bool {
    mentions.wanted(by: question.expectation)?.contains { !question.stems.contains($0) } ?? false
  }
}
