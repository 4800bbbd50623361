import Models

/// One run of the indexer: gathers prepared documents into batches, embeds and commits them.
struct IndexingRun {
  let corpus: any DocumentStore
  let model: any EmbeddingModel
  let stored: CorpusModel
  let options: IndexingOptions
  let report: @Sendable (IndexingProgress) -> Void

  var summary = IndexingSummary()
  private var progress: IndexingProgress
  /// Documents whose vectors are not all committed yet, in order of their texts.
  private var waiting: [Waiting] = []
  /// Texts of theirs that have no vector yet.
  private var texts: [PendingText] = []
  private var known: Set<[UInt8]> = []

  /// Texts ever queued, and embedded, in this run.
  private var queued = 0

  private struct Waiting {
    var document: IndexedDocument
    var isNew: Bool
    /// Texts that must have been embedded before the document can be committed.
    var needs: Int
  }

  private struct PendingText {
    var hash: [UInt8]
    var text: String
    var tokens: Int

    init(hash: [UInt8], _ chunk: Chunk) {
      self.hash = hash
      text = chunk.embeddedText
      tokens = chunk.tokens
    }
  }

  init(
    corpus: any DocumentStore, model: any EmbeddingModel, stored: CorpusModel, options: IndexingOptions,
    total: Int,
    report: @escaping @Sendable (IndexingProgress) -> Void
  ) {
    self.corpus = corpus
    self.model = model
    self.stored = stored
    self.options = options
    self.report = report
    progress = IndexingProgress(totalDocuments: total)
    report(progress)
  }

  /// Sources that were met, whatever became of them.
  private(set) var seen: Set<String> = []
  /// Archives whose members were listed.
  private(set) var archives: Set<String> = []

  mutating func take(_ preparation: Preparation) async throws {
    switch preparation {
    case .unchanged(let file, let state):
      seen.insert(file.source)
      if state.name != file.name || state.tags != Set(options.tags) {
        try await corpus.relabel(
          file.source, in: options.collection, name: file.name, tags: options.tags)
      }
      summary.documents.unchanged += 1
      advance()
    case .archive(let file, let members, let failures):
      archives.insert(file.source)
      progress.totalDocuments += members.count + failures.count - 1
      for failure in failures { try await fail(failure) }
    case .failed(let failure):
      try await fail(failure)
    case .passedOver(let file, let reason):
      seen.insert(file.source)
      if case .redirect(let isHeld) = reason {
        summary.redirects = (summary.redirects ?? 0) + 1
        if isHeld, !options.keepsMissing {
          try await corpus.remove([file.source], in: options.collection)
          summary.documents.removed += 1
        }
      }
      advance()
    case .indexed(let document, let isNew):
      seen.insert(document.source)
      try await enqueue(document, isNew: isNew)
    }
  }

  mutating func fail(_ failure: SourceFailure) async throws {
    seen.insert(failure.source)
    try await corpus.recordFailure(failure, in: options.collection, tags: options.tags)
    count(failure)
  }

  /// Counts a failure that the corpus has no document for.
  mutating func count(_ failure: SourceFailure) {
    summary.add(failure)
    advance()
  }

  /// Embeds and commits what is left.
  mutating func finish() async throws {
    while !texts.isEmpty { try await embed() }
    try await commit()
  }

  private mutating func enqueue(_ document: IndexedDocument, isNew: Bool) async throws {
    var document = document
    if let describer = options.describer {
      document = try await describer.described(document, tokens: model.tokens)
    }
    let missing = try await corpus.unembedded(document.hashes, model: stored)
    for (chunk, hash) in zip(document.chunks, document.hashes) {
      if missing.contains(hash), known.insert(hash).inserted {
        texts.append(PendingText(hash: hash, chunk))
        queued += 1
      } else {
        summary.cached += 1
        progress.chunks += 1
      }
    }
    summary.chunks += document.chunks.count
    progress.cutDocuments += 1
    progress.cutChunks += document.chunks.count
    waiting.append(Waiting(document: document, isNew: isNew, needs: queued))
    while texts.count >= options.batch { try await embed() }
    if texts.isEmpty, waiting.count >= options.batch { try await commit() }
  }

  /// Embeds one batch and commits its vectors, and with them the documents of whose texts none is left.
  private mutating func embed() async throws {
    let batch = texts.prefix(options.batch)
    let vectors = try await model.embed(batch.map(\.text), as: .document)
    try Task.checkCancellation()
    texts.removeFirst(batch.count)
    summary.embedded += batch.count
    summary.tokens += batch.reduce(0) { $0 + $1.tokens }
    progress.chunks += batch.count
    progress.tokens = summary.tokens
    try await commit(EmbeddedTexts(batch.map(\.hash), vectors))
    report(progress)
  }

  /// Commits vectors and the waiting documents that have all of theirs.
  private mutating func commit(_ embedded: EmbeddedTexts = .none) async throws {
    let ready = waiting.prefix { $0.needs <= queued - texts.count }
    guard !ready.isEmpty || !embedded.hashes.isEmpty else { return }
    let documents = ready.map(\.document)
    do {
      try await corpus.commit(documents, embedded, model: stored)
    } catch let error as CorpusError where error.code == .lostVectors {
      try await corpus.commit(documents, try await completed(embedded, for: documents), model: stored)
    }
    waiting.removeFirst(ready.count)
    if texts.isEmpty { known.removeAll(keepingCapacity: true) }
    for item in ready {
      if item.isNew { summary.documents.added += 1 } else { summary.documents.changed += 1 }
      summary.note(item.document)
      progress.documents += 1
    }
    report(progress)
  }

  /// `embedded` with the vectors that the corpus had when `documents` were prepared and has no longer: a text that moves
  /// from one document to another leaves with the first.
  private mutating func completed(
    _ embedded: EmbeddedTexts, for documents: [IndexedDocument]
  ) async throws -> EmbeddedTexts {
    var chunks: [[UInt8]: Chunk] = [:]
    for document in documents {
      for (chunk, hash) in zip(document.chunks, document.hashes) { chunks[hash] = chunk }
    }
    for hash in embedded.hashes { chunks[hash] = nil }
    let lost = try await corpus.unembedded(Array(chunks.keys), model: stored)
    var hashes = embedded.hashes
    var vectors = EmbeddingMatrix(dimensions: stored.fingerprint.dimensions)
    for row in 0..<embedded.vectors.count { vectors.append(embedded.vectors[row]) }
    let left = chunks.filter { lost.contains($0.key) }.map { PendingText(hash: $0.key, $0.value) }
    for start in stride(from: 0, to: left.count, by: options.batch) {
      let batch = left[start..<min(start + options.batch, left.count)]
      let made = try await model.embed(batch.map(\.text), as: .document)
      for (row, text) in batch.enumerated() {
        hashes.append(text.hash)
        vectors.append(made[row])
        summary.tokens += text.tokens
      }
    }
    summary.embedded += left.count
    summary.cached = max(0, summary.cached - left.count)
    return EmbeddedTexts(hashes, vectors)
  }

  private mutating func advance() {
    progress.documents += 1
    report(progress)
  }
}
