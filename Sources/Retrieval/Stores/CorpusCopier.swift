import Models

/// A document with everything that is stored of it.
public struct StoredCopy: Sendable {
  public var document: IndexedDocument
  /// The vectors of its chunks' texts.
  public var embedded: EmbeddedTexts
}

/// Copies documents, chunks and vectors from one store to another; nothing is parsed or embedded again.
///
/// What the target already holds in the same version is left as it is, so a run that broke off goes on where it
/// stopped. Documents that only the target holds stay.
public struct CorpusCopier: Sendable {
  public struct Summary: Sendable, Equatable, Codable {
    public var copied = 0
    public var unchanged = 0
    /// Documents that were never read, whose failure was copied.
    public var failed = 0
    public var chunks = 0
  }

  private let source: any CorpusStore
  private let target: any CorpusStore
  /// Chunks that are written together.
  private let batch: Int

  public init(from source: any CorpusStore, to target: any CorpusStore, batch: Int = 512) {
    self.source = source
    self.target = target
    self.batch = max(1, batch)
  }

  /// - Parameter progress: called with documents done and documents in all.
  /// - Throws: `CorpusError` if the target holds vectors of another model, or a store cannot be used.
  public func run(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> Summary {
    var summary = Summary()
    guard let fingerprint = try await source.fingerprint else { return summary }
    let model = try await target.adopt(fingerprint)
    var links = try await SiteLinkBook.load(from: target)
    links.add(try await SiteLinkBook.load(from: source))
    try await links.save(in: target)
    let documents = try await source.documents()
    var waiting: [StoredCopy] = []
    var done = 0
    progress(done, documents.count)
    for stored in documents {
      try Task.checkCancellation()
      done += 1
      if stored.status == .failed {
        try await fail(stored)
        summary.failed += 1
      } else if let copy = try await source.copy(of: stored.source, in: stored.collection) {
        if try await isThere(stored, copy.document) {
          summary.unchanged += 1
        } else {
          waiting.append(copy)
          summary.copied += 1
          summary.chunks += copy.document.chunks.count
        }
        if waiting.reduce(0, { $0 + $1.document.chunks.count }) >= batch {
          try await write(&waiting, fingerprint, model)
        }
        if stored.status == .outdated {
          try await write(&waiting, fingerprint, model)
          try await fail(stored)
        }
      }
      progress(done, documents.count)
    }
    try await write(&waiting, fingerprint, model)
    return summary
  }

  private func isThere(_ stored: StoredDocument, _ document: IndexedDocument) async throws -> Bool {
    guard !document.hash.bytes.isEmpty,
      let state = try await target.state(of: stored.source, in: stored.collection)
    else { return false }
    return state.hash == document.hash.bytes && state.recipe == document.recipe && state.name == stored.name
      && state.tags == Set(stored.tags) && state.status == .ready
  }

  private func fail(_ stored: StoredDocument) async throws {
    let failure = SourceFailure(
      source: stored.source, name: stored.name,
      error: DocumentError(.unreadable, stored.error ?? "it could not be read"))
    try await target.recordFailure(failure, in: stored.collection, tags: stored.tags)
  }

  private func write(
    _ copies: inout [StoredCopy], _ fingerprint: EmbeddingFingerprint, _ model: CorpusModel
  ) async throws {
    guard !copies.isEmpty else { return }
    var hashes: [[UInt8]] = []
    var vectors = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    var seen: Set<[UInt8]> = []
    for copy in copies {
      for (row, hash) in copy.embedded.hashes.enumerated() where seen.insert(hash).inserted {
        hashes.append(hash)
        vectors.append(copy.embedded.vectors[row])
      }
    }
    try await target.commit(copies.map(\.document), EmbeddedTexts(hashes, vectors), model: model)
    copies = []
  }
}
