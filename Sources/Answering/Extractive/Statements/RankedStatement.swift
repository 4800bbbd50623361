/// A statement with what speaks for it.
struct RankedStatement: Sendable {
  let read: ReadStatement
  var features: StatementFeatures
  var score: Double

  var statement: Statement { read.statement }
}
