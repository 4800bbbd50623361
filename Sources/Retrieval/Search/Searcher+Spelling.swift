import Models

extension Searcher {
  /// How much nearer the nearest passage must come before other words are searched for than the ones that were
  /// written, in standard deviations of the cosine of two passages of the corpus.
  private static let spellingGain = 0.2

  /// Passages that are read for their language: some are code, or tables.
  private static let languagePassages = 4

  /// The candidates of a question, and the spelling that they were found with where it is not the one that was written.
  ///
  /// Words that look mistyped are put right if that brings the question nearer to a passage. A slip leaves hardly
  /// anything of a word's meaning, so that a wrong guess does not. Words of another language do, where the model knows it.
  ///
  /// - Parameter vectors: is given what was embedded.
  func candidates(
    for query: SearchQuery, depth: Int, _ vectors: QuestionVectors = QuestionVectors()
  ) async throws -> (PassageCandidates, corrected: String?) {
    func found(_ query: SearchQuery) async throws -> PassageCandidates {
      try await index.candidates(for: query, depth: depth) { [self] in
        let embedding = try await embedded(query)
        vectors.keep(embedding, of: query.text)
        return embedding.vector[...]
      }
    }
    let written = try await found(query)
    // Only a word that no passage holds may be mistyped. What does not know any words takes every unusual one for that.
    guard query.mode == .hybrid, query.correctsSpelling, (written.statistics?.unknownWords ?? 0) > 0,
      model.knows("the") == true,
      let text = try await index.corrected(query.text, knows: { [model] in model.knows($0) == true })
    else { return (written, nil) }
    var corrected = query
    corrected.text = text
    let other = try await found(corrected)
    guard let before = written.scores.compactMap(\.dense).max(),
      let after = other.scores.compactMap(\.dense).max(),
      let spread = other.statistics?.cosineSpread, after - before > Self.spellingGain * spread,
      try await !isForeign([query.text, text], to: other)
    else { return (written, nil) }
    return (other, text)
  }

  /// Whether a question, in all of its spellings, is surely in another language than the nearest passage that tells its own:
  /// what no passage holds are words of that language then, and none that are mistyped.
  private func isForeign(_ spellings: [String], to found: PassageCandidates) async throws -> Bool {
    let asked = spellings.map { LanguageTraces($0) }
    let nearest = found.scores.filter { $0.dense != nil }.sorted { ($0.dense ?? 0) > ($1.dense ?? 0) }
    let passages = try await found.passages(nearest.prefix(Self.languagePassages).map(\.chunk))
    let told = passages.lazy.map { LanguageTraces($0.text) }.first {
      $0.language != nil || $0.script.map { $0 != .latin } ?? false
    }
    return told.map { passage in asked.allSatisfy { $0.surelyDiffers(from: passage) } } ?? false
  }
}
