import Models

/// Brings a corpus in line with its sources.
///
/// Running it again embeds nothing twice: unchanged documents are recognised by the hash of their content, and
/// texts that were embedded before are taken from the corpus's cache. Vectors are committed batch by batch and
/// each document in one transaction with its chunks, so a run that is killed has lost at most one batch.
public struct Indexer: Sendable {
  private let corpus: Corpus
  private let model: any EmbeddingModel
  private let loader: any DocumentLoader
  private let options: IndexingOptions
  private let progress: @Sendable (IndexingProgress) -> Void
  private let reading = WorkQueue(label: "footnote.reading")

  public init(
    corpus: Corpus, model: any EmbeddingModel, loader: any DocumentLoader,
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
      corpus: corpus, model: model, stored: try await corpus.adopt(model.fingerprint), options: options,
      total: discovery.files.count + discovery.failures.count, report: progress)
    do {
      for (file, error) in discovery.failures { try await run.fail(file, error) }
      try await index(discovery.files, &run)
      try await run.finish()
      if !options.keepsMissing { try await removeMissing(discovery, &run) }
    } catch is CancellationError {
      run.summary.interrupted = true
    }
    run.summary.seconds = (clock.now - start) / .seconds(1)
    return run.summary
  }

  /// Reads, parses and cuts a few documents at a time while others are embedded.
  private func index(_ files: [SourceFile], _ run: inout IndexingRun) async throws {
    var next = files.makeIterator()
    try await withThrowingTaskGroup(of: Preparation.self) { group in
      for _ in 0..<4 {
        guard let file = next.next() else { break }
        group.addTask { try await prepare(file) }
      }
      while let prepared = try await group.next() {
        try Task.checkCancellation()
        if let file = next.next() { group.addTask { try await prepare(file) } }
        try await run.take(prepared)
      }
    }
  }

  private func prepare(_ file: SourceFile) async throws -> Preparation {
    try Task.checkCancellation()
    let state = try await corpus.state(of: file.source, in: options.collection)
    let chunker = Chunker(options: options.chunking, tokens: model.tokens)
    return await reading.run { [loader, options] in
      do {
        let bytes = try loader.bytes(of: file)
        let hash = ContentHash(bytes)
        if let state, state.hash == hash.bytes, state.recipe == options.recipe {
          return .unchanged(file, state)
        }
        let document = try loader.parse(bytes, name: file.name)
        let chunks = chunker.chunks(of: document)
        let indexed = IndexedDocument(
          collection: options.collection, source: file.source, name: file.name, size: bytes.count,
          modified: file.modified, hash: hash, recipe: options.recipe, tags: options.tags,
          document: document, chunks: chunks,
          hashes: chunks.map { ContentHash(of: $0.embeddedText).short })
        return .indexed(indexed, isNew: state == nil || state?.status == .failed)
      } catch let error as DocumentError {
        return .failed(file, error)
      } catch {
        return .failed(file, DocumentError(.unreadable, "\(error)"))
      }
    }
  }

  private func removeMissing(_ discovery: Discovery, _ run: inout IndexingRun) async throws {
    let found = Set(discovery.files.map(\.source)).union(discovery.failures.map(\.file.source))
    let archives = Set(discovery.roots.filter { $0.hasSuffix("!/") })
    var gone: Set<Int> = []
    for root in discovery.roots {
      for (id, source) in try await corpus.sources(below: root, in: options.collection)
      where !found.contains(source) {
        // A file that is merely excluded this time has not left its source.
        let parts = source.split(separator: "!/", maxSplits: 1)
        let file = parts.first.map(String.init) ?? source
        if !FileStatus.exists(file) || (parts.count > 1 && archives.contains(file + "!/")) { gone.insert(id) }
      }
    }
    try await corpus.remove(gone.sorted())
    run.summary.documents.removed += gone.count
  }
}

/// What became of a document before it is embedded.
enum Preparation: Sendable {
  case unchanged(SourceFile, DocumentState)
  case indexed(IndexedDocument, isNew: Bool)
  case failed(SourceFile, DocumentError)
}
