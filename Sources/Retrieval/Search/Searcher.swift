import Models

/// Answers questions with passages of one corpus.
///
/// Holds the vectors in memory and loads them again when the corpus has changed, so that it sees what other
/// processes ingest.
public actor Searcher {
  public nonisolated let corpus: Corpus
  public nonisolated let model: any EmbeddingModel
  private nonisolated let observe: @Sendable (SearchMode, Duration) -> Void
  private let fusion = Fusion()
  private let options: DenseIndex.Options
  private let pool = ScanPool()
  private var index: DenseIndex?
  private var loading: Task<DenseIndex, any Error>?
  private var words: LexicalIndex?
  private var loadingWords: Task<LexicalIndex, any Error>?

  /// Candidates that each leg gives to the fusion.
  private static let depth = 100

  /// - Parameters:
  ///   - vectors: where the vectors of a large corpus are held.
  ///   - observe: told of every search that succeeded, and how long it took.
  /// - Throws: `CorpusError` if the corpus was embedded with another model.
  public init(
    corpus: Corpus, model: any EmbeddingModel, vectors: VectorMemory = .full,
    observe: @escaping @Sendable (SearchMode, Duration) -> Void = { _, _ in }
  ) async throws {
    self.corpus = corpus
    self.model = model
    self.observe = observe
    options = DenseIndex.Options(vectors: vectors)
    if let stored = try await corpus.fingerprint, stored != model.fingerprint {
      throw CorpusError.otherModel(corpus.path, stored: stored, used: model.fingerprint)
    }
  }

  public nonisolated func search(_ query: SearchQuery) async throws -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    var result = SearchResult(query: query.text, mode: query.mode, milliseconds: 0, passages: [])
    let candidates: [Fusion.Candidate]
    switch query.mode {
    case .lexical:
      let allowed = try await corpus.documentIDs(query.filter)
      candidates = try await lexicalLeg(query, limit: query.limit, allowed: allowed).hits
        .map { Fusion.Candidate(chunk: $0.chunk, dense: 0, lexical: $0.score, fused: $0.score) }
    case .dense, .hybrid:
      candidates = try await ranked(query)
      result.bestDenseScore = candidates.map(\.dense).max()
    }
    let best = Dictionary(
      candidates.prefix(query.limit).map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
    result.passages = try await corpus.passages(candidates.prefix(query.limit).map(\.chunk)).map { passage in
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

  private nonisolated func ranked(_ query: SearchQuery) async throws -> [Fusion.Candidate] {
    let depth = max(Self.depth, query.limit)
    let hybrid = query.mode == .hybrid
    async let embedded = model.embed([query.text], as: .query)
    let allowed = try await corpus.documentIDs(query.filter)
    async let words = hybrid ? lexicalLeg(query, limit: depth, allowed: allowed) : nil
    let index = try await currentIndex()
    let rows = try await index.rows(for: query.filter) { allowed }
    let vector = try await embedded[0]
    let nearest = try await index.nearest(to: vector, limit: depth, rows: rows)
    guard let (lexical, hits) = try await words else {
      return nearest.map { hit in
        Fusion.Candidate(chunk: hit.chunk, dense: Double(hit.score), fused: Double(hit.score))
      }
    }
    var candidates = nearest.map { Fusion.Candidate(chunk: $0.chunk, dense: Double($0.score)) }
    for (position, score) in lexical.scores(of: candidates.map(\.chunk)).enumerated() where score > 0 {
      candidates[position].lexical = score
    }
    if query.phrases == .required { candidates.removeAll { !lexical.holdsPhrases($0.chunk) } }
    let position = Dictionary(candidates.enumerated().map { ($1.chunk, $0) }, uniquingKeysWith: { $1 })
    var others: [LexicalHit] = []
    for hit in hits {
      if let known = position[hit.chunk] { candidates[known].lexical = hit.score } else { others.append(hit) }
    }
    for (hit, dense) in zip(others, try await index.scores(of: others.map(\.chunk), for: vector)) {
      guard let dense else { continue }
      candidates.append(Fusion.Candidate(chunk: hit.chunk, dense: Double(dense), lexical: hit.score))
    }
    return fusion.fused(candidates)
  }

  /// The vectors of the corpus's current generation.
  private func currentIndex() async throws -> DenseIndex {
    let generation = try await corpus.generation
    if let index, index.position.generation == generation { return index }
    if let loading { return try await loading.value }
    let task = Task { try await corpus.denseIndex(after: index, options: options, pool: pool) }
    loading = task
    defer { loading = nil }
    let loaded = try await task.value
    index = loaded
    return loaded
  }

  /// Looks a question's words and phrases up, beside this actor.
  @concurrent
  private nonisolated func lexicalLeg(
    _ query: SearchQuery, limit: Int, allowed: Set<Int>?
  ) async throws -> (search: LexicalSearch, hits: [LexicalHit]) {
    let index = try await lexicalIndex()
    let search = try await LexicalSearch(
      LexicalQuery(query.text, options: index.options), in: index, of: corpus, documents: allowed,
      phrases: query.phrases)
    return (search, search.hits(limit: limit))
  }

  /// The lexical index of the corpus's current generation.
  public func lexicalIndex() async throws -> LexicalIndex {
    let generation = try await corpus.generation
    if let words, words.generation == generation { return words }
    if let loadingWords { return try await loadingWords.value }
    let task = Task { [words] in try await corpus.lexicalIndex(after: words) }
    loadingWords = task
    defer { loadingWords = nil }
    let loaded = try await task.value
    words = loaded
    return loaded
  }
}
