import Models

/// Brings a corpus in line with its sources.
///
/// Running it again embeds nothing twice: unchanged documents are recognised by the hash of their content, and
/// texts that were embedded before are taken from the corpus's cache. Vectors are committed batch by batch and
/// each document in one transaction with its chunks, so a run that is killed has lost at most one batch.
public struct Indexer: Sendable {
  let corpus: any DocumentStore
  let model: any EmbeddingModel
  private let loader: any DocumentLoader
  let options: IndexingOptions
  private let progress: @Sendable (IndexingProgress) -> Void

  public init(
    corpus: any DocumentStore, model: any EmbeddingModel, loader: any DocumentLoader,
    options: IndexingOptions = IndexingOptions(),
    progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
  ) {
    self.corpus = corpus
    self.model = model
    self.loader = loader
    self.options = options
    self.progress = progress
  }

  /// Takes in what was discovered and removes what has left its source.
  ///
  /// When its task is cancelled it stops soon and says so in the summary; what was committed stays.
  /// - Throws: `CorpusError` if the corpus cannot be written or holds vectors of another model; the
  ///   model's error if it fails for good.
  public func run(_ discovery: Discovery) async throws -> IndexingSummary {
    let clock = ContinuousClock()
    let start = clock.now
    var run = IndexingRun(
      corpus: corpus, model: model, stored: try await corpus.adopt(fingerprint), options: options,
      total: discovery.files.count + discovery.failures.count + discovery.missing.count, report: progress)
    do {
      for failure in discovery.missing {
        if try await corpus.state(of: failure.source, in: options.collection) == nil {
          run.count(failure)
        } else {
          try await run.fail(failure)
        }
      }
      for failure in discovery.failures { try await run.fail(failure) }
      try await forEachPreparation(discovery.files) { try await run.take($0) }
      try await run.finish()
      if !options.keepsMissing { try await removeMissing(discovery, &run) }
    } catch is CancellationError {
      run.summary.interrupted = true
    }
    run.summary.descriptions = options.describer?.summary
    run.summary.seconds = (clock.now - start) / .seconds(1)
    return run.summary
  }

  /// That of the model, with who describes the chunks.
  var fingerprint: EmbeddingFingerprint {
    var fingerprint = model.fingerprint
    fingerprint.descriptions = options.describer?.name
    return fingerprint
  }

  /// Reads, parses and cuts a few documents at a time while `body` handles others, in the order in which they
  /// are ready.
  func forEachPreparation(
    _ files: [SourceFile], _ body: (Preparation) async throws -> Void
  ) async throws {
    var queue = files[...]
    let preparer = DocumentPreparer(corpus: corpus, loader: loader, options: options, tokens: model.tokens)
    try await withThrowingTaskGroup(of: Preparation.self) { group in
      for _ in 0..<4 {
        guard let file = queue.popFirst() else { break }
        group.addTask { try await preparer.prepare(file) }
      }
      while let prepared = try await group.next() {
        try Task.checkCancellation()
        if case .archive(_, let members, _) = prepared { queue = members + queue }
        if let file = queue.popFirst() { group.addTask { try await preparer.prepare(file) } }
        try await body(prepared)
      }
    }
  }

  private func removeMissing(_ discovery: Discovery, _ run: inout IndexingRun) async throws {
    var gone: Set<String> = []
    for root in discovery.roots + run.archives.map({ $0 + "!/" }) {
      for source in try await corpus.sources(below: root, in: options.collection)
      where !run.seen.contains(source) {
        // A file that is merely excluded this time has not left its source; a member of an archive that has been
        // listed has.
        let container = SourceFile.container(of: source)
        if FileAccess.isGone(container) || (container != source && run.archives.contains(container)) {
          gone.insert(source)
        }
      }
    }
    try await corpus.remove(gone.sorted(), in: options.collection)
    run.summary.documents.removed += gone.count
  }
}
