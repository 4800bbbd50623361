import Models

/// Answers questions with passages of one corpus.
public final class Searcher: Sendable {
  public let corpus: any CorpusStore
  public let model: any EmbeddingModel
  /// Finds the candidates that are fused here.
  public let index: any PassageIndex
  private let extras: Extras

  /// What comes after the legs.
  public struct Extras: Sendable {
    /// Brings the best passages into another order where a search asks for it.
    public var reranker: Reranker?
    /// Does so where there is no reranker and the embedding model runs in this process, unless a search asks for a mode
    /// without it; nil for nothing.
    public var sentences: SentenceReranker?
    public var selection: PassageSelection
    /// Told of every search that succeeded, and how long it took.
    public var observe: @Sendable (SearchMode, Duration) -> Void

    public init(
      reranker: Reranker? = nil, sentences: SentenceReranker? = nil,
      selection: PassageSelection = PassageSelection(),
      observe: @escaping @Sendable (SearchMode, Duration) -> Void = { _, _ in }
    ) {
      self.reranker = reranker
      self.sentences = sentences
      self.selection = selection
      self.observe = observe
    }
  }

  /// Failures of the embedding model's provider. One question that waited in vain is enough.
  public let outage = Outage(policy: Outage.Policy(late: 1))

  /// Candidates that each leg gives to the fusion.
  private static let depth = 100

  /// - Parameter vectors: where the vectors of a large corpus are held.
  /// - Throws: `CorpusError` if the corpus was embedded with another model.
  public init(
    corpus: any CorpusStore, model: any EmbeddingModel, vectors: VectorMemory = .full,
    extras: Extras = Extras()
  ) async throws {
    self.corpus = corpus
    self.model = model
    self.extras = extras
    index = corpus.passageIndex(vectors: vectors)
    if let stored = try await corpus.fingerprint, stored.space != model.fingerprint.space {
      throw CorpusError.otherModel(corpus, stored: stored, used: model.fingerprint)
    }
  }

  /// What becomes of passages that belong together or repeat each other, where a search does not say.
  public var selection: PassageSelection { extras.selection }

  /// The mode of a search that asks for none: the best one that is set up.
  public var standardMode: SearchMode {
    extras.reranker != nil || sentences != nil ? .reranked : .hybrid
  }

  /// Whether a search can be asked for `mode`.
  public func offers(_ mode: SearchMode) -> Bool {
    mode != .reranked || extras.reranker != nil || sentences != nil
  }

  /// Whether it is single sentences that passages are reranked by, for want of another model.
  public var reranksBySentences: Bool { extras.reranker == nil && sentences != nil }

  /// Vectors of sentences that searches remember, for whoever looks at the same passages next.
  package var sentenceVectors: SentenceVectors? { sentences?.vectors }

  /// Nil where embedding sentences would cost requests to a provider.
  private var sentences: SentenceReranker? { model.fingerprint.precision == "api" ? nil : extras.sentences }

  /// Searches as the query says, or fails.
  func find(_ query: SearchQuery) async throws -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    var result = SearchResult(query: query.text, mode: query.mode, milliseconds: 0, passages: [])
    var legs = query
    legs.mode = query.mode.legs
    if query.mode == .reranked, reranksBySentences { legs.keepsTokens = true }
    let selection = query.selection ?? extras.selection
    let wanted = selection.depth(for: query.limit)
    // How scores are fused depends on the candidates, which must not depend on what becomes of them later.
    let depth = legs.mode == .hybrid ? max(Self.depth, query.limit) : max(wanted, query.limit)
    let vectors = QuestionVectors()
    let (found, corrected) = try await candidates(for: legs, depth: depth, vectors)
    result.correctedQuery = corrected
    let text = corrected ?? query.text
    let candidates = ranked(found, legs.mode)
    result.statistics = found.statistics
    result.statistics?.cosineScale = model.cosineScale
    result.embedding = vectors[text]
    if legs.mode != .lexical { result.bestDenseScore = candidates.map(\.dense).max() }
    let record = legs.mode == .hybrid ? ChangeRecord(text) : nil
    var ranking = Ranking(
      candidates: candidates, mode: legs.mode,
      weight: { record?.isMisplaced($0) == true ? ChangeRecord.factor : 1 }, read: found.passages)
    if query.mode == .reranked {
      result.reranking = try await rerank(&ranking, for: text, found.statistics, result.embedding, record)
    }
    result.passages = try await selected(&ranking, query, text, selection, reading: found.texts)
    let duration = clock.now - start
    result.milliseconds = duration / .milliseconds(1)
    extras.observe(query.mode, duration)
    return result
  }

  private func rerank(
    _ ranking: inout Ranking, for question: String, _ statistics: QuestionStatistics?,
    _ embedding: TextEmbedding?, _ record: ChangeRecord?
  ) async throws -> RerankReport {
    var passages: [Passage]
    let lowest: Double
    let report: RerankReport
    if let reranker = extras.reranker {
      let best = try await ranking.next(reranker.options.depth)
      (passages, lowest, report) = try await reranker.rerank(best, for: question)
    } else if let sentences {
      let best = try await ranking.next(sentences.options.depth)
      (passages, lowest, report) = try await sentences.rerank(
        best, for: question, embedding, model: model, spread: statistics?.cosineSpread)
    } else {
      return .notConfigured
    }
    if report.failure == nil { passages = record?.puttingBack(passages) ?? passages }
    ranking.putBack(passages)
    ranking.factor = lowest
    return report
  }

  /// The best passages, those that belong together as one and those that repeat others left out.
  private func selected(
    _ ranking: inout Ranking, _ query: SearchQuery, _ question: String, _ selection: PassageSelection,
    reading texts: @Sendable ([TextPlace]) async throws -> [String?]
  ) async throws -> [Passage] {
    if selection.diversity > 0 {
      let best = try await ranking.next(selection.depth(for: query.limit))
      ranking.putBack(PassagePicker.diversified(best, by: selection.diversity, limit: query.limit))
    }
    var picker = PassagePicker(selection, limit: query.limit, question: question)
    let editions = selection == .none ? nil : EditionOrder(question)
    while picker.missing > 0 {
      let passages = try await ranking.next(picker.missing)
      if passages.isEmpty { break }
      for passage in editions?.ordered(passages) ?? passages { picker.add(passage) }
    }
    return try await picker.passages(reading: texts)
  }

  /// Best first.
  private func ranked(_ found: PassageCandidates, _ mode: SearchMode) -> [Fusion.Candidate] {
    let candidates = found.scores.map { score in
      Fusion.Candidate(
        chunk: score.chunk, dense: score.dense ?? 0, lexical: score.lexical,
        holdsAllWords: score.holdsAllWords,
        fused: (mode == .lexical ? score.lexical : score.dense) ?? 0)
    }
    return mode == .hybrid ? Fusion(found.statistics).fused(candidates) : candidates
  }
}
