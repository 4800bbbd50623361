import Retrieval

/// The statements of a passage with all that is asked of them whatever the question is.
struct ReadPassage: PassageReading {
  let statements: [ReadStatement]
  /// What can be looked for in the title and in the headings.
  let headings: Set<String>

  var statementCount: Int { statements.count }

  init(_ passage: Passage) {
    headings = Words.terms(([passage.title ?? ""] + passage.headingPath).joined(separator: " "))
    let all = Statement.statements(of: passage, at: 0)
    let outline = StatementOutline(all)
    let title = passage.title.map(Self.shortened)
    // Statements of one section follow each other.
    var section: (name: String, heading: String?, terms: Set<String>) = (
      "", passage.headingPath.last.map(Self.shortened), []
    )
    var statements: [ReadStatement] = []
    for statement in all {
      if statement.section != section.name {
        section = (statement.section, Self.shortened(statement.section), Words.terms(statement.section))
      }
      let term = statement.under.map(Self.shortened)
      let above = [title, section.heading, term].compactMap(\.self).joined(separator: " > ")
      statements.append(
        ReadStatement(
          statement, columns: statement.kind == .row ? outline.columns(of: statement) : nil,
          surroundings: [section.terms, statements.last?.terms ?? []]
            + (statement.under.map { [Words.terms($0)] } ?? []),
          context: above.isEmpty || statement.kind == .heading ? "" : "\(above): "))
    }
    self.statements = statements
  }

  /// Most words of a title or a heading that are embedded with a statement, as alone many a sentence does not say what it
  /// is about.
  private static let headingWords = 12

  private static func shortened(_ heading: String) -> String {
    Words.spaced(heading).prefix(headingWords).joined(separator: " ")
  }
}
