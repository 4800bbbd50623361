import Models
import Retrieval

/// The statements of a passage with all that is asked of them whatever the question is.
struct ReadPassage: PassageReading {
  let statements: [ReadStatement]
  /// What can be looked for in the title and in the headings.
  let headings: Set<String>

  var statementCount: Int { statements.count }

  init(_ passage: Passage) {
    headings = Words.terms(passage.titles.joined(separator: " "))
    let all = Statement.statements(of: passage, at: 0)
    let outline = StatementOutline(all)
    // Statements of one section follow each other.
    var section: (name: String, heading: String?, terms: Set<String>) = (
      "", passage.headingPath.last, []
    )
    var headingNames = Self.names(of: section.heading)
    var statements: [ReadStatement] = []
    for statement in all {
      if statement.section != section.name {
        section = (statement.section, statement.section, Words.terms(statement.section))
        headingNames = Self.names(of: section.heading)
      }
      statements.append(
        ReadStatement(
          statement, columns: statement.kind == .row ? outline.columns(of: statement) : nil,
          surroundings: [section.terms, statements.last?.terms ?? []]
            + (statement.under.map { [Words.terms($0)] } ?? []),
          headingNames: headingNames,
          context: statement.kind == .heading
            ? "" : ContextualText.context(passage.title, section.heading, statement.under)))
    }
    self.statements = statements
  }

  private static func names(of heading: String?) -> [[String]] {
    heading.map { Definition.names($0[...]).filter { !$0.isEmpty } } ?? []
  }
}
