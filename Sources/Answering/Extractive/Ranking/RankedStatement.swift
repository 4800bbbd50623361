/// A statement with what speaks for it.
struct RankedStatement: Sendable {
  let read: ReadStatement
  var features: StatementFeatures
  var score: Double
  /// Whether it stands below a title or heading that asks the question itself.
  var answers = false
  /// Which of two things that are compared it says something of.
  var sides: Set<Int> = []
  /// Of which of them it opens a page or section that is titled with it.
  var opened: Int?

  var statement: Statement { read.statement }
}
