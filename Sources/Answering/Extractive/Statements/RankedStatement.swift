/// A statement with what speaks for it.
struct RankedStatement: Sendable {
  var statement: Statement
  var features: StatementFeatures
  var score: Double

  /// Whether two statements say the same in mostly the same words.
  func repeats(_ other: RankedStatement) -> Bool {
    let own = Set(Words.of(statement.text).map(Words.stem))
    let theirs = Set(Words.of(other.statement.text).map(Words.stem))
    let smaller = min(own.count, theirs.count)
    return smaller == 0 || Double(own.intersection(theirs).count) / Double(smaller) > 0.8
  }
}
