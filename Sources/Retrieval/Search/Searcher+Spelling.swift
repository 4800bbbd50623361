import Models

extension Searcher {
  /// How much nearer the nearest passage must come before other words are searched for than the ones that were
  /// written, in standard deviations of the cosine of two passages of the corpus.
  private static let spellingGain = 0.2

  /// The candidates of a question, and the spelling that they were found with where it is not the one that was written.
  ///
  /// Words that look mistyped are put right if that brings the question nearer to a passage. A slip leaves hardly
  /// anything of a word's meaning, so that a wrong guess does not.
  func candidates(for query: SearchQuery, depth: Int) async throws -> (PassageCandidates, corrected: String?)
  {
    async let written = index.candidates(for: query, depth: depth) { [self] in try await embedded(query) }
    // What does not know any words takes every unusual one for mistyped.
    guard query.mode == .hybrid, query.correctsSpelling, model.knows("the") == true,
      let text = try await index.corrected(query.text, knows: { [model] in model.knows($0) == true })
    else { return (try await written, nil) }
    var corrected = query
    corrected.text = text
    let other = try await index.candidates(for: corrected, depth: depth) { [self, corrected] in
      try await embedded(corrected)
    }
    let plain = try await written
    guard let before = plain.scores.compactMap(\.dense).max(),
      let after = other.scores.compactMap(\.dense).max(),
      let spread = other.statistics?.cosineSpread, after - before > Self.spellingGain * spread
    else { return (plain, nil) }
    return (other, text)
  }
}
