import Glibc
import Models
import Retrieval

/// The statements of passages as they fit a question.
struct StatementRanking: Sendable {
  /// Best first.
  let statements: [RankedStatement]
  let outline: StatementOutline
  /// What can be looked for in the title and the headings of each passage.
  let headings: [Set<String>]
  /// Weight of each stem of the question: high if few of the statements hold it, and highest if none does.
  let rarity: [String: Double]
}

extension ExtractiveAnswerer {
  func ranking(_ question: String, _ passages: [Passage]) async throws -> StatementRanking {
    let statements = Self.statements(of: passages)
    let outline = StatementOutline(statements)
    let words = QuestionWords(question)
    let terms = statements.map { outline.terms(of: $0) }
    let rarity = Self.rarity(of: words.stems, in: terms)
    let closeness = try await closeness(question, statements, passages)
    let bestScore = passages.map(\.score).max() ?? 1
    let headings = passages.map { passage in
      Words.terms(([passage.title ?? ""] + passage.headingPath).joined(separator: " "))
    }
    let contradiction = Contradiction(question)
    let lacking = passages.map(contradiction.lacksNumber)
    let wantsCode = QuestionWords.asksForCode(question)
    var ranked: [RankedStatement] = []
    for (row, statement) in statements.enumerated() {
      var context = headings[statement.passage]
      if !statement.section.isEmpty { context.formUnion(Words.terms(statement.section)) }
      if row > 0, statements[row - 1].passage == statement.passage { context.formUnion(terms[row - 1]) }
      let features = StatementFeatures(
        statement, terms: terms[row], question: words, rarity: rarity, context: context,
        similarity: Double(closeness.cosines[row]),
        tokens: closeness.tokens.isEmpty ? nil : closeness.tokens[row],
        passage: bestScore > 0 ? passages[statement.passage].score / bestScore : 0)
      var score = weights.score(features, statement.kind)
      // What introduces code says what it is for.
      if wantsCode, statement.kind == .code {
        score += weights.shape + weights.lead * features.contextCoverage
      }
      // A year or a version that is asked about is in another passage.
      if lacking[statement.passage], lacking.contains(false) { score -= weights.number }
      ranked.append(RankedStatement(statement: statement, features: features, score: score))
    }
    ranked.sort { $0.score > $1.score }
    return StatementRanking(statements: ranked, outline: outline, headings: headings, rarity: rarity)
  }

  /// Statements of passages in their order, each once.
  private static func statements(of passages: [Passage]) -> [Statement] {
    var seen: Set<StatementPlace> = []
    var statements: [Statement] = []
    for (index, passage) in passages.enumerated() {
      for statement in Statement.statements(of: passage, at: index) {
        // Overlapping chunks hold the same sentence twice; the better passage keeps it.
        let place = StatementPlace(
          document: passage.documentID, start: passage.start + statement.range.lowerBound)
        if seen.insert(place).inserted { statements.append(statement) }
      }
    }
    return statements
  }

  /// What is embedded for a statement: the document's title, the heading above it and its text, as alone many a sentence
  /// does not say what it is about.
  private static func embeddedText(_ statement: Statement, in passage: Passage) -> ContextualText {
    guard statement.kind != .heading else { return ContextualText(statement.line) }
    let heading = statement.section.isEmpty ? passage.headingPath.last : statement.section
    let above = [passage.title, heading].compactMap { text in
      text.map { Words.spaced($0).prefix(headingWords).joined(separator: " ") }
    }
    return ContextualText(
      statement.line, context: above.isEmpty ? "" : above.joined(separator: " > ") + ": ")
  }

  /// Most words of a title or a heading that are embedded with a statement.
  private static let headingWords = 12

  /// Zero cosines where the model's provider fails, so that words decide alone.
  private func closeness(
    _ question: String, _ statements: [Statement], _ passages: [Passage]
  ) async throws -> StatementCloseness {
    guard !statements.isEmpty else { return StatementCloseness(cosines: []) }
    do {
      let texts = statements.map { Self.embeddedText($0, in: passages[$0.passage]) }
      return try await StatementCloseness(question, statements, texts, model: model, vectors: vectors)
    } catch let error as ModelError where error.kind != .cancelled {
      return StatementCloseness(cosines: [Float](repeating: 0, count: statements.count))
    }
  }

  private static func rarity(of stems: [String], in terms: [Set<String>]) -> [String: Double] {
    let count = Double(terms.count)
    return Dictionary(
      stems.map { stem in
        let frequency = Double(terms.count { $0.contains(stem) })
        return (stem, log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
      }, uniquingKeysWith: { first, _ in first })
  }
}

private struct StatementPlace: Hashable {
  var document: Int
  var start: Int
}
