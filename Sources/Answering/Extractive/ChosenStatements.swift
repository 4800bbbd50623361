import Retrieval

/// What an answer is made of, the statement that leads first, and where its statements stand.
struct ChosenStatements: Sendable {
  /// At least one.
  var statements: [Statement]
  var outline: StatementOutline
  var passages: [Passage]

  /// The passage of the leading statement.
  var leadingPassage: Passage { passages[statements[0].passage] }

  /// Puts a longer passage in the place of the leading statement's.
  ///
  /// - Returns: false, and nothing is changed, where one of the statements is not found there as it was.
  mutating func replaceLeadingPassage(with longer: Passage) -> Bool {
    let place = statements[0].passage
    let all = Statement.statements(of: longer, at: place)
    var moved = statements
    for (index, statement) in statements.enumerated() where statement.passage == place {
      guard
        let same = all.first(where: {
          $0.kind == statement.kind && $0.range.lowerBound == statement.range.lowerBound
        })
      else { return false }
      moved[index] = same
    }
    statements = moved
    outline.replace(place, with: all)
    passages[place] = longer
    return true
  }
}
