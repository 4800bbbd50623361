import Models
import Retrieval

/// Answers with sentences of the corpus itself, each cited; needs no chat model.
public struct ExtractiveAnswerer: Sendable {
  /// How long an answer may be, and when there is one.
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
  let options: Options
  let weights = StatementWeights()
  /// 4,096 statements take some 8 MB.
  let reader = PassageReader<ReadPassage>(limit: 4096)
  /// What answers of chat models are held against; 2,048 statements take some 10 MB.
  let sources = PassageReader<GroundingSource>(limit: 2048)
  let vectors: SentenceVectors

  public init(model: any EmbeddingModel, options: Options = Options()) {
    self.init(model: model, options: options, vectors: SentenceVectors())
  }

  /// - Parameter vectors: what is remembered of sentences, shared with whoever looks at them, too.
  init(model: any EmbeddingModel, options: Options, vectors: SentenceVectors) {
    self.model = model
    self.options = options
    self.vectors = vectors
  }

  /// What is said when the corpus does not answer.
  public static let refusal = "The documents do not answer this question."

  /// Answers `question` from `passages`, best first.
  ///
  /// - Parameter statistics: what the corpus says of the question, as the search gave it.
  public func answer(
    _ question: String, from passages: [Passage], statistics: QuestionStatistics? = nil
  ) async throws -> Answer {
    try await judge(ReadQuestion(question), from: passages, statistics: statistics, focus: nil).answer
  }

  /// An answer, and how sure it is that the passages hold one, 0 to 1.
  struct Judgement: Sendable {
    var answer: Answer
    var promise: Double
  }

  /// - Parameters:
  ///   - embedding: the question as it was embedded; it is embedded here if nil.
  ///   - focus: what is new in a question that leans on its conversation.
  ///   - openings: what opens pages and sections titled with the thing in question.
  ///   - index: where the passages come from and go on.
  func judge(
    _ asked: ReadQuestion, from passages: [Passage], statistics: QuestionStatistics?,
    embedding: TextEmbedding? = nil, focus: FollowUpFocus?, openings: TitledOpenings? = nil,
    index: (any PassageIndex)? = nil
  ) async throws -> Judgement {
    let question = asked.text
    let ranking = try await ranking(asked, embedding, passages, openings: openings)
    let (all, outline) = (ranking.statements, ranking.outline)
    let versions = VersionSections(question, asked.words.versions)
    var ranked = versions.own(Self.allowed(all, outline, for: asked), in: passages)
    let places = asked.places
    let named = places.statements(among: all.map(\.statement), in: passages, words: options.words)
    if named.isEmpty { ranked = places.naming(ranked, in: passages) }
    var confidence = Confidence(asked, passages, ranked: ranked, statistics: statistics)
    if ranking.holdsQuestion { confidence.raise(to: Confidence.titled) }
    if let focus, confidence.promise >= options.threshold {
      let support = FocusSupport(focus, all, outline, passages, model: model, vectors: vectors)
      if try await !isFound(support) { confidence.promise = min(confidence.promise, Evidence.contradicted) }
    }
    if !named.isEmpty { confidence.raise(to: Confidence.titled) }
    guard let best = ranked.first, confidence.promise >= options.threshold else {
      let answer = Answer(
        question: question, answer: Self.refusal, answered: false,
        confidence: min(confidence.reply, confidence.promise, Confidence.refused), citations: [])
      return Judgement(answer: answer, promise: confidence.promise)
    }
    if !named.isEmpty {
      let text = ExtractiveText(
        named, of: outline, from: passages, naming: places.names(for: named, in: passages))
      return Judgement(
        answer: text.answer(to: question, confidence: confidence.reply), promise: confidence.promise)
    }
    let selection = StatementSelection(
      options: options, outline: outline, wantsCode: asked.wantsCode,
      stems: Array(ranking.rarity.keys))
    let list = asked.list.flatMap {
      outline.list(for: $0, ranked, headings: ranking.headings, rarity: ranking.rarity)
    }
    var chosen = ChosenStatements(
      statements: list ?? Self.inOrder(selection.statements(ranked, best: best), ranked),
      outline: outline, passages: passages)
    if list == nil, let reading = ReadingOn(asked) {
      chosen = await reading.extended(chosen, from: index)
    }
    let heading =
      list == nil
      ? HeadingFact.heading(
        for: asked.words, above: best.read, in: passages[best.statement.passage]) : nil
    confidence.hold(chosen.statements.map(\.text) + (heading.map { [$0] } ?? []), to: asked.words)
    let text = ExtractiveText(
      chosen.statements, to: question, of: chosen.outline, from: chosen.passages, under: heading)
    return Judgement(
      answer: text.answer(to: question, confidence: confidence.reply), promise: confidence.promise)
  }

  /// What was chosen, in the order of the text where all of it stands below the question itself: "No." comes first there.
  private static func inOrder(_ chosen: [Statement], _ ranked: [RankedStatement]) -> [Statement] {
    let isAnswer = chosen.allSatisfy { statement in
      ranked.contains { $0.answers && $0.statement == statement }
    }
    return isAnswer ? chosen.sorted { ($0.passage, $0.position) < ($1.passage, $1.position) } : chosen
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
    _ ranked: [RankedStatement], _ outline: StatementOutline, for question: ReadQuestion
  ) -> [RankedStatement] {
    guard !question.wantsCode else { return ranked }
    let allowed = ranked.filter { item in
      item.statement.kind != .code || !outline.hasProse(item.statement.passage)
    }
    return allowed.isEmpty ? ranked : allowed
  }
}
