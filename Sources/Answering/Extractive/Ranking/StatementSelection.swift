/// What of the ranked statements an answer says: the best one, and what is worth adding to it.
struct StatementSelection {
  let options: ExtractiveAnswerer.Options
  let outline: StatementOutline
  /// Whether commands and code may be part of the answer.
  let wantsCode: Bool

  /// Stems of the question.
  let stems: [String]

  /// Part of the best statement's score that another one of its passage must reach, and one of another passage.
  private static let nearShare = 0.6
  private static let farShare = 0.8
  /// Part from which another one is taken for itself; below, it has to stand beside what was chosen or to bring a word of
  /// the question. Without these three bounds replies to 1,325 questions held the gold answer as often, with five words
  /// more and a sentence in ten more that did not hold it.
  private static let ownShare = 0.85
  /// Part of the question's words from which a row of a table holds all of them.
  private static let rowCoverage = 0.9
  /// Part that something beside a definition must reach, which stands for itself.
  private static let besideDefinition = 0.8
  /// Part that a statement about the other of two compared things must reach.
  private static let otherShare = 0.5
  /// How many statements further on the code may begin that a statement speaks of.
  private static let codeDistance = 2

  /// The best statements that fit, repetition left out; the best one always, and first.
  ///
  /// - Parameter ranked: best first, at least one.
  func statements(_ ranked: [RankedStatement], best: RankedStatement) -> [Statement] {
    var chosen = [best]
    var words = best.statement.words
    // A sentence that points back is understood with what it points to, and often that is the answer.
    func addBefore(_ item: RankedStatement) {
      guard item.statement.pointsBack, chosen.count < options.statements + 1,
        let before = ranked.first(where: { $0.statement.stands(before: item.statement) }),
        before.statement.kind == .sentence, words + before.statement.words <= options.words,
        !chosen.contains(where: { $0.statement == before.statement })
      else { return }
      chosen.append(before)
      words += before.statement.words
      if item.statement == best.statement { addBefore(before) }
    }
    addBefore(best)
    if let other = otherSide(of: best, ranked, words: options.words - words) {
      chosen.append(other)
      words += other.statement.words
    }
    let least = best.score * (best.features.defines == 1 ? Self.besideDefinition : Self.nearShare)
    for item in ranked.dropFirst() {
      guard chosen.count < options.statements, item.score >= least else { break }
      guard words + item.statement.words <= options.words,
        ![.code, .heading, .head].contains(item.statement.kind),
        isWorthAdding(item, to: chosen), !leadsNowhere(item.statement), !item.statement.isMessageHead,
        !chosen.contains(where: { $0.read.repeats(item.read) })
      else { continue }
      chosen.append(item)
      words += item.statement.words
      addBefore(item)
    }
    return withCode(chosen.map(\.statement))
  }

  /// Of two things that are compared, what says most of the second where the best statement speaks of one only.
  private func otherSide(
    of best: RankedStatement, _ ranked: [RankedStatement], words: Int
  ) -> RankedStatement? {
    guard best.sides.count == 1 else { return nil }
    let others = ranked.filter { item in
      item.score >= best.score * Self.otherShare && item.statement.words <= words
        && !item.sides.isSubset(of: best.sides) && [.sentence, .item].contains(item.statement.kind)
        && !leadsNowhere(item.statement)
    }
    return others.first { $0.opened.map { !best.sides.contains($0) } == true } ?? others.first
  }

  /// - Parameter chosen: what the answer says already, the best one first.
  private func isWorthAdding(_ item: RankedStatement, to chosen: [RankedStatement]) -> Bool {
    let (statement, best) = (item.statement, chosen[0])
    let isNear = statement.passage == best.statement.passage
    // Of one table's rows those count that say as much of what was asked for.
    if isNear, statement.kind == .row, best.statement.kind == .row {
      return item.features.coverage >= best.features.coverage
    }
    // Alone beside prose a row says little, unless it holds the kind of thing that was asked for, or all of the question.
    if statement.kind == .row, item.features.expected == 0, item.features.coverage < Self.rowCoverage {
      return false
    }
    guard isNear || item.score >= best.score * Self.farShare else { return false }
    if item.score >= best.score * Self.ownShare { return true }
    let stands = chosen.contains {
      $0.statement.stands(before: statement) || statement.stands(before: $0.statement)
    }
    return stands || brings(item, to: chosen)
  }

  /// Whether a statement holds a word of the question that those chosen lack.
  private func brings(_ item: RankedStatement, to chosen: [RankedStatement]) -> Bool {
    stems.contains { stem in
      item.read.terms.contains(stem) && !chosen.contains { $0.read.terms.contains(stem) }
    }
  }

  /// Whether a statement only leads to code that would not be part of the answer, or to what the passage does not hold.
  private func leadsNowhere(_ statement: Statement) -> Bool {
    outline.codeLed(by: statement).map { !wantsCode || !$0.isShort } ?? outline.isLeftOpen(statement)
  }

  /// `chosen` with the commands or the code that they lead to, if such was asked for; what a colon announces goes before
  /// what follows further on.
  private func withCode(_ chosen: [Statement]) -> [Statement] {
    guard wantsCode else {
      // What leads an answer is finished whatever was asked for.
      return outline.codeLed(by: chosen[0]).map { $0.isShort ? chosen + [$0.code] : chosen } ?? chosen
    }
    var result = chosen
    for statement in chosen {
      if let led = outline.codeLed(by: statement), led.isShort, !result.contains(led.code) {
        result.append(led.code)
      }
    }
    guard !result.contains(where: { $0.kind == .code }) else { return result }
    for statement in chosen {
      if let code = outline.code(after: statement, within: Self.codeDistance) { return chosen + [code] }
    }
    return chosen
  }
}
