import Glibc
import Models
import Retrieval

/// Answers with sentences of the corpus itself, each cited; needs no chat model.
public struct ExtractiveAnswerer: Sendable {
  public struct Options: Sendable {
    /// Most words of an answer, the citations' numbers not counted.
    public var words = 60
    /// Most statements of an answer.
    public var statements = 3
    /// How sure it must be that the passages answer the question, 0 to 1; with less the corpus is said not to answer.
    public var threshold = 0.31

    public init() {}
  }

  let model: any EmbeddingModel
  private let options: Options
  private let weights = StatementWeights()
  let vectors = SentenceVectors()

  public init(model: any EmbeddingModel, options: Options = Options()) {
    self.model = model
    self.options = options
  }

  /// What is said when the corpus does not answer.
  public static let refusal = "The documents do not answer this question."

  /// Answers `question` from `passages`, best first.
  ///
  /// - Parameter statistics: what the corpus says of the question, as the search gave it.
  public func answer(
    _ question: String, from passages: [Passage], statistics: QuestionStatistics? = nil
  ) async throws -> Answer {
    try await judge(question, from: passages, statistics: statistics, focus: nil).answer
  }

  /// An answer, and how sure it is that the passages hold one, 0 to 1.
  struct Judgement: Sendable {
    var answer: Answer
    var promise: Double
  }

  /// - Parameter focus: what is new in a question that leans on its conversation.
  func judge(
    _ question: String, from passages: [Passage], statistics: QuestionStatistics?, focus: FollowUpFocus?
  ) async throws -> Judgement {
    let all = try await rankedStatements(question, passages)
    let outline = StatementOutline(all.map(\.statement))
    let ranked = Self.allowed(all, outline, for: question)
    var confidence = Confidence(question, passages, ranked: ranked, statistics: statistics)
    if let focus, confidence.promise >= options.threshold {
      let support = FocusSupport(focus, all, outline, passages, model: model, vectors: vectors)
      if try await !isFound(support) { confidence.promise = min(confidence.promise, Evidence.contradicted) }
    }
    guard let best = ranked.first, confidence.promise >= options.threshold else {
      let answer = Answer(
        question: question, answer: Self.refusal, answered: false,
        confidence: min(confidence.reply, confidence.promise, Confidence.refused), citations: [])
      return Judgement(answer: answer, promise: confidence.promise)
    }
    var chosen = select(ranked, best: best).map(\.statement)
    // A sentence that ends in a colon says nothing without what it leads to.
    for statement in chosen where statement.text.last == ":" && QuestionWords.asksForCode(question) {
      if let block = outline.after(statement), block.kind == .code, !chosen.contains(block) {
        chosen.append(block)
      }
    }
    let text = ExtractiveText(chosen, of: outline, from: passages)
    let answer = Answer(
      question: question, answer: text.text, answered: true, confidence: confidence.reply,
      citations: text.citations)
    return Judgement(answer: answer, promise: confidence.promise)
  }

  /// Whether a follow-up's new words have an answer; true where the model's provider fails.
  private func isFound(_ support: FocusSupport) async throws -> Bool {
    do {
      return try await support.isFound()
    } catch let error as ModelError where error.kind != .cancelled {
      return true
    }
  }

  /// Statements without the code that nobody asked for; passages that are nothing but code keep theirs.
  private static func allowed(
    _ ranked: [RankedStatement], _ outline: StatementOutline, for question: String
  ) -> [RankedStatement] {
    guard !QuestionWords.asksForCode(question) else { return ranked }
    let allowed = ranked.filter { item in
      item.statement.kind != .code || !outline.hasProse(item.statement.passage)
    }
    return allowed.isEmpty ? ranked : allowed
  }

  /// The best statements that fit, repetition left out; the best one always.
  private func select(_ ranked: [RankedStatement], best: RankedStatement) -> [RankedStatement] {
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
    }
    addBefore(best)
    // A definition stands for itself: only what comes close to it is worth adding.
    let share = best.features.defines == 1 ? 0.8 : 0.6
    for item in ranked.dropFirst() {
      guard chosen.count < options.statements, item.score >= best.score * share else { break }
      guard words + item.statement.words <= options.words,
        ![.code, .heading, .head].contains(item.statement.kind)
      else { continue }
      guard !chosen.contains(where: { $0.repeats(item) }) else { continue }
      chosen.append(item)
      words += item.statement.words
      addBefore(item)
    }
    return chosen
  }

  /// Statements of all passages, best first.
  func rankedStatements(_ question: String, _ passages: [Passage]) async throws -> [RankedStatement] {
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
    guard !statements.isEmpty else { return [] }
    let words = QuestionWords(question)
    let rarity = rarity(of: words.stems, in: statements)
    let similarities = try await similarities(question, statements)
    let bestScore = passages.map(\.score).max() ?? 1
    let headings = passages.map { passage in
      Set(Words.of(([passage.title ?? ""] + passage.headingPath).joined(separator: " ")).map(Words.stem))
    }
    let wantsCode = QuestionWords.asksForCode(question)
    var ranked: [RankedStatement] = []
    for (row, statement) in statements.enumerated() {
      var context = headings[statement.passage]
      if row > 0, statements[row - 1].passage == statement.passage {
        context.formUnion(Words.of(statements[row - 1].text).map(Words.stem))
      }
      let features = StatementFeatures(
        statement, question: words, rarity: rarity, context: context, similarity: Double(similarities[row]),
        passage: bestScore > 0 ? passages[statement.passage].score / bestScore : 0)
      var score = weights.score(features, statement.kind)
      // What introduces code says what it is for.
      if wantsCode, statement.kind == .code {
        score += weights.shape + weights.lead * features.contextCoverage
      }
      ranked.append(RankedStatement(statement: statement, features: features, score: score))
    }
    return ranked.sorted { $0.score > $1.score }
  }

  /// Cosines of the question and each statement; zero where the model's provider fails, so that words decide alone.
  private func similarities(_ question: String, _ statements: [Statement]) async throws -> [Float] {
    do {
      let query = try await model.embed([question], as: .query)
      return try await vectors.vectors(of: statements.map(\.line), with: model).products(with: query[0])
    } catch let error as ModelError where error.kind != .cancelled {
      return [Float](repeating: 0, count: statements.count)
    }
  }

  /// Weight of each stem: high if few of the statements hold it, and highest if none does.
  private func rarity(of stems: [String], in statements: [Statement]) -> [String: Double] {
    let held = statements.map { Set(Words.of($0.text).map(Words.stem)) }
    let count = Double(statements.count)
    return Dictionary(
      stems.map { stem in
        let frequency = Double(held.count { $0.contains(stem) })
        return (stem, log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
      }, uniquingKeysWith: { first, _ in first })
  }
}

private struct StatementPlace: Hashable {
  var document: Int
  var start: Int
}

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
