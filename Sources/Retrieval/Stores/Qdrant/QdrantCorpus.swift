import FoundationEssentials
import Models
import Qdrant

/// A corpus on a Qdrant server: everything lives there, so that any number of servers and ingests share it.
///
/// Chunks with their vectors are points of the collection that the alias `NAME` stands for, one collection for each
/// embedding model; documents are points of `NAME-documents`. What a reader sees of a document is decided by one point
/// of its own, which names the document's revision: chunks of any other revision are left out of every result. A
/// new revision is written in full beside the old one and hidden, then made findable, then named by that point,
/// and then the old one is deleted. So a search finds a document as it was or as it is, or, if it is deleted between
/// the requests of that search, not at all, but never a part of one or two versions of it, whatever is killed in between;
/// and the next run clears away what was left. Ids are made of what they stand for, so that
/// repeating a write changes nothing.
///
/// Vectors are compared by their dot product, which for unit vectors is the cosine and, other than the distance
/// `Cosine`, leaves them bit for bit as they were written.
public actor QdrantCorpus: CorpusStore {
  /// Names of the vectors of a chunk.
  static let dense = "dense"
  static let bm25 = "bm25"

  nonisolated let client: QdrantClient
  nonisolated let names: QdrantNames
  nonisolated let settings: Settings
  let sparse = SparseText()
  /// Vectors that were written without their documents, by their texts' hashes; a part of those on the server.
  var waiting: [[UInt8]: [Float]] = [:]
  /// The last generation that was seen or written.
  var lastGeneration = 0
  var reembedding = Reembedding()

  /// How collections are made; changes nothing about those that exist.
  public struct Settings: Sendable {
    /// Finds candidates by a copy of the vectors with one byte a value, and compares these with the vectors.
    public var quantizes = false
    /// Keeps vectors and payloads on disk.
    public var isOnDisk = false
    public var shards: Int?
    /// Copies of every shard.
    public var replicas: Int?

    public init() {}
  }

  private init(_ client: QdrantClient, _ names: QdrantNames, _ settings: Settings) {
    self.client = client
    self.names = names
    self.settings = settings
  }

  public nonisolated var location: String { "\(client.endpoint.shownURL)/\(names.corpus)" }

  /// The environment names the corpus.
  public nonisolated var commandOption: String { "" }

  /// Opens the corpus `name`, or makes it.
  ///
  /// - Throws: `CorpusError` if it is missing, or the server cannot be used.
  public static func open(
    _ client: QdrantClient, name: String, access: Corpus.Access, settings: Settings = Settings()
  ) async throws -> QdrantCorpus {
    let corpus = QdrantCorpus(client, QdrantNames(corpus: name), settings)
    try await reported {
      if access == .create {
        try await corpus.createDocuments()
      } else if try await client.collection(corpus.names.documents) == nil {
        throw CorpusError.missing(corpus)
      }
    }
    return corpus
  }

  /// The corpus `name` for reading; nil if there is none.
  public static func existing(_ client: QdrantClient, name: String) async throws -> QdrantCorpus? {
    do {
      return try await open(client, name: name, access: .read)
    } catch let error as CorpusError where error.code == .missing {
      return nil
    }
  }

  /// Runs `body` and puts Qdrant's errors into the corpus's words.
  static func reported<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as QdrantError {
      if error.kind == .cancelled { throw CancellationError() }
      throw CorpusError.qdrant(error)
    }
  }

  func reported<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await Self.reported(body)
  }

  public nonisolated func passageIndex(vectors: VectorMemory) -> any PassageIndex {
    QdrantIndex(client: client, names: names, location: location)
  }

  /// Every write has been applied and logged by the server when it returns.
  public nonisolated func checkpoint() {}

  // MARK: Collections

  /// Indexes of the collection of documents.
  static let documentIndexes: [(field: String, kind: PayloadIndex)] = [
    ("kind", .keyword), ("collection", .keyword), ("source", .prefix), ("name", .prefix), ("tags", .keyword),
    ("status", .keyword), ("chunks", .integer),
  ]

  /// Indexes of a collection of chunks.
  static let chunkIndexes: [(field: String, kind: PayloadIndex)] = [
    ("staged", .bool), ("hash", .keyword), ("collection", .keyword), ("tags", .keyword), ("source", .prefix),
    ("name", .prefix),
  ]

  private nonisolated func createDocuments() async throws {
    try await create(
      names.documents,
      CollectionSettings(
        onDiskPayload: settings.isOnDisk ? true : nil, shards: settings.shards, replicas: settings.replicas),
      Self.documentIndexes)
  }

  /// Makes a collection if there is none, and those of its indexes that are missing: whoever made it may have been killed
  /// in between.
  private nonisolated func create(
    _ name: String, _ settings: CollectionSettings, _ indexes: [(field: String, kind: PayloadIndex)]
  ) async throws {
    let known = try await client.collection(name)
    if known == nil { try await client.createCollection(name, settings) }
    for (field, kind) in indexes where known?.payloadSchema[field] == nil {
      try await client.createIndex(kind, of: field, in: name)
    }
  }

  nonisolated func chunkSettings(_ fingerprint: EmbeddingFingerprint) -> CollectionSettings {
    CollectionSettings(
      vectors: [
        Self.dense: .init(
          size: fingerprint.dimensions, distance: .dot, onDisk: settings.isOnDisk ? true : nil)
      ],
      sparse: [Self.bm25: .init(modifier: "idf", onDisk: settings.isOnDisk ? true : nil)],
      quantization: settings.quantizes ? .int8 : nil,
      onDiskPayload: settings.isOnDisk ? true : nil, shards: settings.shards, replicas: settings.replicas)
  }

  /// Makes the collection of chunks of a model if there is none.
  nonisolated func createChunks(_ fingerprint: EmbeddingFingerprint, averageWords: Double? = nil) async throws
  {
    let name = try names.chunks(fingerprint)
    try await create(name, chunkSettings(fingerprint), Self.chunkIndexes)
    let meta = MetaPayload(
      fingerprint: try fingerprint.stored, lexical: LexicalOptions().stored, averageWords: averageWords)
    try await client.upsert([Point(QdrantNames.meta, payload: meta)], into: name, insertsOnly: true)
  }

  // MARK: Model and generation

  /// What the collection in use says about itself; nil before the first document.
  nonisolated func meta(of collection: String? = nil) async throws -> MetaPayload? {
    do {
      return try await client.retrieve(
        [QdrantNames.meta], from: collection ?? names.corpus, as: MetaPayload.self
      ).first?.payload
    } catch let error as QdrantError where error.kind == .notFound {
      return nil
    }
  }

  public var model: CorpusModel? {
    get async throws {
      try await reported {
        try await meta().map {
          CorpusModel(id: 0, fingerprint: try EmbeddingFingerprint(stored: $0.fingerprint))
        }
      }
    }
  }

  public func adopt(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel {
    if try await model == nil {
      try await reported {
        try await createChunks(fingerprint)
        try await client.setAlias(names.corpus, to: try names.chunks(fingerprint))
      }
    }
    return try await confirmed(fingerprint)
  }

  /// Checks that `fingerprint` is that of the collection in use.
  @discardableResult
  func confirmed(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel {
    guard let model = try await model else { throw CorpusError.missing(self) }
    guard model.fingerprint == fingerprint else {
      throw CorpusError.otherModel(self, stored: model.fingerprint, used: fingerprint)
    }
    return model
  }

  /// Milliseconds since 1970 of the last change, counted on where changes follow each other faster.
  public var generation: Int {
    get async throws {
      try await reported {
        let stored = try await client.retrieve(
          [QdrantNames.meta], from: names.documents, as: GenerationPayload.self
        ).first?.payload?.generation
        lastGeneration = max(lastGeneration, stored ?? 0)
        return stored ?? 0
      }
    }
  }

  /// Tells readers that something has changed. Several writers need not agree on a number: it only has to differ.
  func countUp() async throws {
    lastGeneration = max(lastGeneration + 1, Int(Date().timeIntervalSince1970 * 1000))
    try await client.upsert(
      [Point(QdrantNames.meta, payload: GenerationPayload(generation: lastGeneration))], into: names.documents
    )
  }
}
