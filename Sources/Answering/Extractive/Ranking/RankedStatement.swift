/// A statement with what speaks for it.
struct RankedStatement: Sendable {
  let read: ReadStatement
  var features: StatementFeatures
  var score: Double
  /// Whether it stands below a title or heading that asks the question itself.
  var answers = false

  var statement: Statement { read.statement }
}
