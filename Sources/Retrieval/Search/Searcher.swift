import Models

/// Answers questions with passages of one corpus.
public final class Searcher: Sendable {
  public let corpus: any CorpusStore
  public let model: any EmbeddingModel
  /// Finds the candidates that are fused here.
  public let index: any PassageIndex
  private let observe: @Sendable (SearchMode, Duration) -> Void

  /// Failures of the embedding model's provider.
  let outage = Outage()

  /// Candidates that each leg gives to the fusion.
  private static let depth = 100

  /// - Parameters:
  ///   - vectors: where the vectors of a large corpus are held.
  ///   - observe: told of every search that succeeded, and how long it took.
  /// - Throws: `CorpusError` if the corpus was embedded with another model.
  public init(
    corpus: any CorpusStore, model: any EmbeddingModel, vectors: VectorMemory = .full,
    observe: @escaping @Sendable (SearchMode, Duration) -> Void = { _, _ in }
  ) async throws {
    self.corpus = corpus
    self.model = model
    self.observe = observe
    index = corpus.passageIndex(vectors: vectors)
    if let stored = try await corpus.fingerprint, stored.space != model.fingerprint.space {
      throw CorpusError.otherModel(corpus, stored: stored, used: model.fingerprint)
    }
  }

  /// Searches as the query says, or fails.
  func find(_ query: SearchQuery) async throws -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    var result = SearchResult(query: query.text, mode: query.mode, milliseconds: 0, passages: [])
    let depth = query.mode == .lexical ? query.limit : max(Self.depth, query.limit)
    let found = try await index.candidates(for: query, depth: depth) { [self] in
      try await embedded(query)
    }
    let candidates = ranked(found, query.mode)
    result.statistics = found.statistics
    if query.mode != .lexical { result.bestDenseScore = candidates.map(\.dense).max() }
    let best = Dictionary(
      candidates.prefix(query.limit).map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
    result.passages = try await found.passages(candidates.prefix(query.limit).map(\.chunk)).map { passage in
      var passage = passage
      guard let candidate = best[passage.chunk] else { return passage }
      passage.score = candidate.fused
      passage.denseScore = query.mode == .lexical ? nil : candidate.dense
      passage.lexicalScore = candidate.lexical
      return passage
    }
    let duration = clock.now - start
    result.milliseconds = duration / .milliseconds(1)
    observe(query.mode, duration)
    return result
  }

  /// Best first.
  private func ranked(_ found: PassageCandidates, _ mode: SearchMode) -> [Fusion.Candidate] {
    let candidates = found.scores.map { score in
      Fusion.Candidate(
        chunk: score.chunk, dense: score.dense ?? 0, lexical: score.lexical,
        fused: (mode == .lexical ? score.lexical : score.dense) ?? 0)
    }
    return mode == .hybrid ? Fusion(found.statistics).fused(candidates) : candidates
  }
}
