import Models

/// Everything is asked of the file that is in use at that moment.
extension ReplaceableCorpus: CorpusStore {
  public var location: String { store.location }
  public var commandOption: String { store.commandOption }
  public var isReplaced: Bool { store.isReplaced }

  /// Also grows when another file is taken into use.
  public var generation: Int {
    get async throws {
      let (store, generations) = counted()
      return try await store.generation + generations
    }
  }

  public func status() async throws -> CorpusStatus {
    let (store, generations) = counted()
    var status = try await store.status()
    status.generation += generations
    return status
  }

  public func passageIndex(vectors: VectorMemory) -> any PassageIndex { ReplaceableIndex(corpus: self) }

  // MARK: Documents

  public func documents(matching filter: SearchFilter) async throws -> [StoredDocument] {
    try await store.documents(matching: filter)
  }

  public func documents(
    matching filter: SearchFilter, status: StoredDocument.Status?, offset: Int, limit: Int
  ) async throws -> DocumentPage {
    try await store.documents(matching: filter, status: status, offset: offset, limit: limit)
  }

  public func document(_ id: Int) async throws -> StoredDocument? { try await store.document(id) }

  public func excerpt(of id: Int, range: Range<Int>, context: Int) async throws -> DocumentExcerpt? {
    try await store.excerpt(of: id, range: range, context: context)
  }

  public func text(of source: String) async throws -> String { try await store.text(of: source) }

  public func remove(_ source: String, in collection: String?) async throws -> [RemovedDocument] {
    try await store.remove(source, in: collection)
  }

  public func copy(of source: String, in collection: String) async throws -> StoredCopy? {
    try await store.copy(of: source, in: collection)
  }

  public func checkpoint() async throws { try await store.checkpoint() }

  // MARK: Indexing

  public var model: CorpusModel? { get async throws { try await store.model } }

  public func adopt(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel {
    try await store.adopt(fingerprint)
  }

  public func state(of source: String, in collection: String) async throws -> DocumentState? {
    try await store.state(of: source, in: collection)
  }

  public func unembedded(_ hashes: [[UInt8]], model: CorpusModel) async throws -> Set<[UInt8]> {
    try await store.unembedded(hashes, model: model)
  }

  public func commit(_ documents: [IndexedDocument], _ embedded: EmbeddedTexts, model: CorpusModel)
    async throws
  {
    try await store.commit(documents, embedded, model: model)
  }

  public func relabel(_ source: String, in collection: String, name: String, tags: [String]) async throws {
    try await store.relabel(source, in: collection, name: name, tags: tags)
  }

  public func recordFailure(
    _ failure: SourceFailure, in collection: String, tags: [String]
  ) async throws {
    try await store.recordFailure(failure, in: collection, tags: tags)
  }

  public func sources(below prefix: String, in collection: String) async throws -> [String] {
    try await store.sources(below: prefix, in: collection)
  }

  public func remove(_ sources: [String], in collection: String) async throws {
    try await store.remove(sources, in: collection)
  }

  // MARK: Another embedding model

  public var previousFingerprint: EmbeddingFingerprint? {
    get async throws { try await store.previousFingerprint }
  }

  public var nextModel: CorpusModel? {
    get async throws { try await store.nextModel }
  }

  public func prepare(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel {
    try await store.prepare(fingerprint)
  }

  public func textsWithoutVector(of model: CorpusModel) async throws -> Int {
    try await store.textsWithoutVector(of: model)
  }

  public func textsToEmbed(with model: CorpusModel, limit: Int) async throws -> [UnembeddedText] {
    try await store.textsToEmbed(with: model, limit: limit)
  }

  public func addEmbeddings(_ embedded: EmbeddedTexts, model: CorpusModel) async throws {
    try await store.addEmbeddings(embedded, model: model)
  }

  public func switchModel(to model: CorpusModel) async throws { try await store.switchModel(to: model) }

  // MARK: Memory

  public func value(_ key: String, of crawl: String) async throws -> String? {
    try await store.value(key, of: crawl)
  }

  public func set(_ values: [String: String?], of crawl: String) async throws {
    try await store.set(values, of: crawl)
  }

  public func removeAll(of crawl: String) async throws { try await store.removeAll(of: crawl) }
}
