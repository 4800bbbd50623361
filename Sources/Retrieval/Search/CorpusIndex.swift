import Models

/// Searches a corpus file with its vectors and its lexical index in memory, and loads what has changed when the file
/// has, so that it sees what other processes ingest.
actor CorpusIndex: PassageIndex {
  private nonisolated let corpus: Corpus
  private let options: DenseIndex.Options
  private let pool = ScanPool()
  private var index: DenseIndex?
  private var loading: Task<DenseIndex, any Error>?
  /// Whether many searches are to be expected, so that it pays to read all vectors into memory.
  private var isPrepared = false
  private var filling: Task<Void, any Error>?
  private var sample: (count: Int, model: Int?, cosines: CosineSample)?
  private var words: LexicalIndex?
  private var loadingWords: Task<LexicalIndex, any Error>?

  init(corpus: Corpus, vectors: VectorMemory) {
    self.corpus = corpus
    options = DenseIndex.Options(vectors: vectors)
  }

  nonisolated func candidates(
    for query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
  ) async throws -> PassageCandidates {
    let (scores, statistics) =
      query.mode == .lexical
      ? (try await lexicalCandidates(query, depth: depth), nil)
      : try await denseCandidates(query, depth: depth, vector: vector)
    var found = PassageCandidates(scores: scores, statistics: statistics) { [corpus] in
      try await corpus.passages($0)
    }
    found.texts = { [corpus] in try await corpus.texts($0) }
    return found
  }

  nonisolated func prepare() async throws {
    async let words = lexicalIndex()
    _ = try await cosines(currentIndex())
    _ = try await words
    // Not sooner, as it would hold up what a search waits for.
    await expectSearches()
  }

  nonisolated func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage? {
    try await corpus.opening(of: passage, below: headings)
  }

  nonisolated func joined(_ passage: Passage, to ordinal: Int) async throws -> Passage? {
    try await corpus.joined(passage, to: ordinal)
  }

  nonisolated func inverseDocumentFrequencies(of terms: [String]) async throws -> [Double] {
    let index = try await lexicalIndex()
    return terms.map { index.documentFrequency(of: $0) > 0 ? index.inverseDocumentFrequency(of: $0) : 0 }
  }

  @concurrent
  nonisolated func corrected(
    _ question: String, knows: @escaping @Sendable (String) -> Bool
  ) async throws -> String? {
    SpellingCorrector(index: try await lexicalIndex(), knows: knows).corrected(question)
  }

  private nonisolated func lexicalCandidates(_ query: SearchQuery, depth: Int) async throws
    -> [PassageCandidates.Candidate]
  {
    let allowed = try await corpus.documentIDs(query.filter)
    return try await lexicalLeg(query, limit: depth, allowed: allowed).hits
      .map { PassageCandidates.Candidate(chunk: $0.chunk, lexical: $0.score) }
  }

  private nonisolated func denseCandidates(
    _ query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
  ) async throws -> ([PassageCandidates.Candidate], QuestionStatistics?) {
    let hybrid = query.mode == .hybrid
    async let embedded = vector()
    let allowed = try await corpus.documentIDs(query.filter)
    async let words = hybrid ? lexicalLeg(query, limit: depth, allowed: allowed) : nil
    let index = try await currentIndex()
    let rows = await index.rows(for: query.filter) { allowed }
    let vector = try await embedded
    let nearest = try await index.nearest(to: vector, limit: depth, rows: rows)
    var candidates = nearest.map { PassageCandidates.Candidate(chunk: $0.chunk, dense: Double($0.score)) }
    guard let (lexical, hits) = try await words else { return (candidates, nil) }
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
      candidates.append(
        PassageCandidates.Candidate(chunk: hit.chunk, dense: Double(dense), lexical: hit.score))
    }
    let whole = lexical.wholeMatches(among: candidates.map(\.chunk))
    for index in candidates.indices where whole.contains(candidates[index].chunk) {
      candidates[index].holdsAllWords = true
    }
    let cosines = try await cosines(index)
    let statistics = QuestionStatistics(
      passages: rows?.count ?? index.liveCount, attainableLexicalScore: lexical.attainable,
      unknownWords: lexical.unknown,
      neighbourCosine: cosines.neighbour, cosineSpread: cosines.spread,
      usualShare: cosines.priorShare)
    return (candidates, statistics)
  }

  /// What a cosine means in this corpus: it is another thing for each embedding model. Measured again when the corpus
  /// has grown or shrunk by an eighth.
  private func cosines(_ index: DenseIndex) async throws -> CosineSample {
    if let sample, abs(index.liveCount - sample.count) * 8 <= sample.count,
      sample.model == index.position.model
    {
      return sample.cosines
    }
    let vectors = try await corpus.sampledVectors(128)
    // Half of a large sample is enough, from all over it.
    let step = vectors.count > 64 ? 2 : 1
    let neighbours = EmbeddingMatrix(
      dimensions: vectors.dimensions,
      values: stride(from: 0, to: vectors.count, by: step).flatMap { Array(vectors[$0]) })
    // The nearest passage of all is the passage itself.
    let nearest = try await index.nearest(to: neighbours, limit: 2).compactMap { $0.dropFirst().first?.score }
    let cosines = CosineSample(vectors, neighbours: nearest)
    sample = (index.liveCount, index.position.model, cosines)
    return cosines
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
    // A small change shares its vectors with the index before.
    if loaded.residency !== index?.residency { fill(loaded) }
    index = loaded
    return loaded
  }

  private func expectSearches() {
    isPrepared = true
    if let index, filling == nil { fill(index) }
  }

  /// Reads the vectors of an index that was opened from its codes, beside the searches.
  private func fill(_ index: DenseIndex) {
    filling?.cancel()
    guard isPrepared else { return }
    // Where this fails, the index goes on as it is, with vectors read from the file.
    filling = Task { [corpus] in try await VectorFiller(corpus: corpus, index: index).fill() }
  }

  deinit { filling?.cancel() }

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
  func lexicalIndex() async throws -> LexicalIndex {
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
