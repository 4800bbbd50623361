import Models

/// Moves a corpus to another embedding model: embeds every chunk beside the old vectors, then switches in one
/// transaction. The old vectors stay for a rollback.
public struct Reembedder: Sendable {
  private let corpus: any CorpusStore
  private let batch: Int

  public init(corpus: any CorpusStore, batch: Int = 128) {
    self.corpus = corpus
    self.batch = max(1, batch)
  }

  /// Embeds what has no vector of `model` yet and makes it the corpus's model. Breaks off and goes on like the indexer.
  ///
  /// - Parameter progress: called with chunks done and chunks in all.
  /// - Returns: how many texts were embedded.
  public func run(
    to model: any EmbeddingModel, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Int {
    var fingerprint = model.fingerprint
    // The chunks keep what they were described by.
    fingerprint.descriptions = try await corpus.fingerprint?.descriptions
    let space = try await corpus.prepare(fingerprint)
    let total = try await corpus.textsWithoutVector(of: space)
    var done = 0
    progress(done, total)
    while true {
      try Task.checkCancellation()
      let texts = try await corpus.textsToEmbed(with: space, limit: batch)
      if texts.isEmpty { break }
      let vectors = try await model.embed(texts.map(\.text), as: .document)
      try await corpus.addEmbeddings(EmbeddedTexts(texts.map(\.hash), vectors), model: space)
      done += texts.count
      progress(done, total)
    }
    try await corpus.switchModel(to: space)
    return done
  }

  /// Makes the model before the last change the corpus's model again; chunks that were added since are embedded
  /// with `model`, which must be that one.
  public func rollback(to model: any EmbeddingModel) async throws -> Int {
    guard let previous = try await corpus.previousFingerprint else {
      throw CorpusError.noPrevious(corpus.location)
    }
    guard previous.space == model.fingerprint else {
      throw CorpusError.otherModel(corpus, stored: previous, used: model.fingerprint)
    }
    return try await run(to: model)
  }
}
