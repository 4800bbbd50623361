extension StatementFeatures {
  /// How many statements before and behind it a value's entry is looked through.
  private static let reach = 2

  /// Features with which what only says a default is what the rest of its entry is about: "Default: 2" says nothing of
  /// retries, and below "RETRY_TIMES" it answers how many there are.
  ///
  /// - Parameters:
  ///   - features: one for each statement.
  ///   - statements: in the order of their passages.
  static func withDefaults(
    _ features: [StatementFeatures], of statements: [ReadStatement]
  ) -> [StatementFeatures] {
    var all = features
    for row in statements.indices where statements[row].saysDefault {
      let entry = statements[row].statement.entryPlace
      let near = max(0, row - reach)...min(row + reach, statements.count - 1)
      for other in near where statements[other].statement.entryPlace == entry {
        all[row].takeMatter(of: features[other])
      }
      (all[row].expected, all[row].quantity) = (1, 1)
    }
    return all
  }

  /// Takes over what another statement of the same entry has in common with the question, where that is more.
  private mutating func takeMatter(of other: StatementFeatures) {
    similarity = max(similarity, other.similarity)
    if let own = tokens, let theirs = other.tokens { tokens = max(own, theirs) }
    coverage = max(coverage, other.coverage)
    contextCoverage = max(contextCoverage, other.contextCoverage)
  }
}
