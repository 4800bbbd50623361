/// The statements of passages as they fit a question.
struct StatementRanking: Sendable {
  /// Best first.
  let statements: [RankedStatement]
  let outline: StatementOutline
  /// What can be looked for in the title and the headings of each passage.
  let headings: [Set<String>]
  /// Weight of each stem of the question: high if few of the statements hold it, and highest if none does.
  let rarity: [String: Double]

  /// Whether a title or heading above some of the statements asks the question itself.
  var holdsQuestion: Bool { statements.contains(where: \.answers) }
}
