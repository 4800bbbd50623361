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

  /// Whether a question asks for nothing but what came with a version, and a passage stands under a heading that names it.
  static func listsVersion(_ question: ReadQuestion, _ passage: Passage) -> Bool {
    guard case .version = question.list?.wanted, namesVersion(question.words, passage) else {
      return false
    }
    let versions = Set(question.words.versions.flatMap { Words.stems($0.text) })
    let named = passage.titleTerms.union(versions)
    return Words.of(question.text, keepsDots: true).allSatisfy { word in
      Words.isCommon(word) || ListQuestion.changes.contains(word) || VersionSections.saying.contains(word)
        || named.contains(Words.stem(word))
    }
  }

  private static func versionHeadings(_ question: QuestionWords, _ passage: Passage) -> [String] {
    guard !question.versions.isEmpty else { return [] }
    return passage.headingPath.filter { heading in
      VersionName.all(in: heading).contains { held in question.versions.contains { $0.holds(held) } }
    }
  }

  /// Whether something is named that the question asks for and does not name itself.
  private static func holds(_ mentions: Mentions, _ question: QuestionWords) -> Bool {
    mentions.wanted(by: question.expectation)?.contains { !question.stems.contains($0) } ?? false
  }
}
