import Glibc
import Models
import Retrieval

extension ExtractiveAnswerer {
  func ranking(
    _ question: ReadQuestion, _ embedding: TextEmbedding?, _ passages: [Passage],
    openings: TitledOpenings? = nil
  ) async throws -> StatementRanking {
    let read = passages.map(reader.read)
    var statements = Self.statements(of: read, passages)
    let places = openings?.places(of: statements, in: passages)
    if let openings, let places { statements = openings.naming(statements, at: places) }
    let rarity = Self.rarity(of: question.words.stems, in: statements)
    let (closeness, titles) = try await closeness(question, embedding, statements, passages)
    let bestScore = passages.map(\.score).max() ?? 1
    let outline = StatementOutline(statements.map(\.statement))
    let lacking = passages.map(question.contradiction.lacksNumber)
    let misplaced = passages.map(question.record.isMisplaced)
    let isAbout = passages.map { HeadingFact.namesVersion(question.words, $0) }
    var allFeatures = statements.enumerated().map { row, item in
      let passage = item.statement.passage
      return StatementFeatures(
        item, question: question.words, rarity: rarity, headings: read[passage].headings,
        opened: places?[row].opened, similarity: Double(closeness.cosines[row]),
        tokens: closeness.tokens.isEmpty ? nil : closeness.tokens[row],
        passage: bestScore > 0 ? passages[passage].score / bestScore : 0)
    }
    if question.words.asksDefault || question.words.expectation == .amount {
      allFeatures = StatementFeatures.withDefaults(allFeatures, of: statements)
    }
    var ranked: [RankedStatement] = []
    for (row, item) in statements.enumerated() {
      let (passage, features) = (item.statement.passage, allFeatures[row])
      var score = weights.score(features, item.statement.kind)
      // What introduces code says what it is for.
      if question.wantsCode, item.statement.kind == .code {
        score += weights.shape + weights.lead * features.contextCoverage
      }
      // A year or a version that is asked about is in another passage.
      if lacking[passage], lacking.contains(false) { score -= weights.number }
      if misplaced[passage], misplaced.contains(false) { score -= weights.record }
      if let place = places?[row] {
        score += place.opening * weights.opening + (place.answers ? weights.answer : 0)
      }
      if let titles { score += weights.title * titles.degrees[row] * (1 + titles.openings[row]) }
      if let entry = question.entry, entry.asksDefinition, item.definition.map(entry.isEntry) == true {
        score += weights.entry
      }
      if isAbout[passage] { score += weights.version }
      if question.words.explanation != nil, item.statement.kind == .row { score -= weights.unexplained }
      if item.refersElsewhere, question.words.expectation != .place { score -= weights.pointer }
      if question.asksHowTo, item.announces { score -= weights.announcement }
      if !question.wantsCode, outline.isLeftOpen(item.statement) { score -= weights.announcement }
      if item.isReference || item.echoes(question.words) { score -= weights.heading }
      var statement = RankedStatement(
        read: item, features: features, score: score, answers: places?[row].answers ?? false)
      if let comparison = question.words.comparison {
        statement.sides = comparison.sides(toldBy: item)
        if let thing = places?[row].thing { statement.sides.insert(thing) }
        statement.opened = places?[row].opened
      }
      ranked.append(statement)
    }
    ranked.sort { $0.score > $1.score }
    return StatementRanking(
      statements: ranked, outline: outline, headings: read.map(\.headings), rarity: rarity)
  }

  /// Statements of passages in their order, each once.
  private static func statements(of read: [ReadPassage], _ passages: [Passage]) -> [ReadStatement] {
    var seen: [StatementPlace: Int] = [:]
    var statements: [ReadStatement?] = []
    for (index, passage) in passages.enumerated() {
      for var item in read[index].statements {
        // Overlapping chunks hold the same sentence twice; the better passage keeps it, unless it begins behind the term
        // that the sentence stands under.
        let place = StatementPlace(
          document: passage.documentID, start: passage.start + item.statement.range.lowerBound)
        item.statement.passage = index
        if let known = seen[place] {
          guard item.statement.under != nil, statements[known]?.statement.under == nil else { continue }
          statements[known] = nil
        }
        seen[place] = statements.count
        statements.append(item)
      }
    }
    return statements.compactMap(\.self)
  }

  /// Zero cosines and nothing of titles where the model's provider fails, so that words decide alone.
  private func closeness(
    _ question: ReadQuestion, _ embedding: TextEmbedding?, _ statements: [ReadStatement],
    _ passages: [Passage]
  ) async throws -> (StatementCloseness, TitleCloseness?) {
    guard !statements.isEmpty else { return (StatementCloseness(cosines: []), nil) }
    do {
      let asked = try await model.embedding(of: question.text, known: embedding)
      let closeness = try await StatementCloseness(asked, statements, model: model, vectors: vectors)
      let titles = try await TitleCloseness(
        question, asked, statements, in: passages, model: model, vectors: vectors)
      return (closeness, titles)
    } catch let error as ModelError where error.kind != .cancelled {
      return (StatementCloseness(cosines: [Float](repeating: 0, count: statements.count)), nil)
    }
  }

  private static func rarity(
    of stems: [String], in statements: [ReadStatement]
  ) -> [String: Double] {
    let count = Double(statements.count)
    return Dictionary(
      stems.map { stem in
        let frequency = Double(statements.count { $0.terms.contains(stem) })
        return (stem, log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
      }, uniquingKeysWith: { first, _ in first })
  }
}

private struct StatementPlace: Hashable {
  var document: Int
  var start: Int
}
