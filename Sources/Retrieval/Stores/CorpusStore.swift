import Models

/// What the indexer needs of a corpus: to know what is there, and to put documents in the place of it.
///
/// A document is known by its source and its collection.
public protocol DocumentStore: Sendable {
  /// The embedding model whose vectors are searched; nil before the first document.
  var model: CorpusModel? { get async throws }

  /// Checks that `fingerprint` is the corpus's own and makes it so if the corpus has none yet.
  ///
  /// - Throws: `CorpusError` of code `otherModel`.
  func adopt(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel

  /// What is stored of a source; nil if nothing is.
  func state(of source: String, in collection: String) async throws -> DocumentState?

  /// Which of `hashes` have no vector of `model` yet.
  func unembedded(_ hashes: [[UInt8]], model: CorpusModel) async throws -> Set<[UInt8]>

  /// Keeps vectors, so that no text is ever embedded twice, and then writes documents in the place of what was
  /// stored of them. A reader finds a document as it was or as it is, never a part of one.
  ///
  /// Every text of `documents` has its vector by then: in `embedded`, or from before.
  func commit(_ documents: [IndexedDocument], _ embedded: EmbeddedTexts, model: CorpusModel) async throws

  /// Changes what is known about a document whose content is the same: its short name and tags.
  func relabel(_ source: String, in collection: String, name: String, tags: [String]) async throws

  /// Remembers that a source could not be read. Chunks of an earlier version stay.
  func recordFailure(_ failure: SourceFailure, in collection: String, tags: [String]) async throws

  /// Sources of a collection that start with `prefix`.
  func sources(below prefix: String, in collection: String) async throws -> [String]

  /// Removes documents and their chunks.
  func remove(_ sources: [String], in collection: String) async throws
}

/// What a change of the embedding model needs of a corpus.
public protocol ReembeddableStore: Sendable {
  /// The model before the last change; its vectors are kept.
  var previousFingerprint: EmbeddingFingerprint? { get async throws }

  /// The model that a change has been begun to and not finished; the vectors that it has are kept.
  var nextModel: CorpusModel? { get async throws }

  /// Makes room for vectors of a model beside those in use, and notes that a change to it has begun; for the model in
  /// use, that none has.
  func prepare(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel

  /// Different texts of chunks that have no vector of `model`.
  func textsWithoutVector(of model: CorpusModel) async throws -> Int

  /// The next texts that have no vector of `model`, at most `limit`; empty when there are no more.
  func textsToEmbed(with model: CorpusModel, limit: Int) async throws -> [UnembeddedText]

  /// Keeps the vectors of texts that `textsToEmbed` has given.
  func addEmbeddings(_ embedded: EmbeddedTexts, model: CorpusModel) async throws

  /// Makes `model` the corpus's own, if every chunk has its vector.
  func switchModel(to model: CorpusModel) async throws
}

/// A corpus, wherever it lies: a file (`Corpus`) or a Qdrant server. The same contract tests run against both.
public protocol CorpusStore: DocumentStore, ReembeddableStore, CrawlMemory {
  /// Path or address, for messages.
  nonisolated var location: String { get }

  /// What a command line needs to name this corpus, with a space before it; empty if the environment names it.
  nonisolated var commandOption: String { get }

  /// Whether another file, or none, now lies where this corpus was opened: what is read is the earlier one.
  nonisolated var isReplaced: Bool { get }

  /// Why what lies there now is not used; nil where nobody has tried.
  nonisolated var replacementFailure: String? { get }

  /// Grows with every committed change.
  var generation: Int { get async throws }

  func status() async throws -> CorpusStatus

  /// Documents that a filter lets through, ordered by collection and source.
  func documents(matching filter: SearchFilter) async throws -> [StoredDocument]

  /// Documents that a filter lets through and that have this status, ordered by collection and source.
  func documents(
    matching filter: SearchFilter, status: StoredDocument.Status?, offset: Int, limit: Int
  ) async throws -> DocumentPage

  /// The document of this number; nil if there is none.
  func document(_ id: Int) async throws -> StoredDocument?

  /// A range of a document's stored text, cut to what there is; nil if there is no such document.
  ///
  /// - Parameter context: most code points of what stands before and after.
  func excerpt(of id: Int, range: Range<Int>, context: Int) async throws -> DocumentExcerpt?

  /// The stored text of a document, by its source or its short name; citations are ranges of it.
  func text(of source: String) async throws -> String

  /// Removes the documents whose source or name is `source`, or, if it ends with `/`, starts with it.
  ///
  /// - Returns: what was removed.
  /// - Throws: `CorpusError` if there is none.
  func remove(_ source: String, in collection: String?) async throws -> [RemovedDocument]

  /// A document with its chunks and their vectors; nil if there is none that was ever read.
  func copy(of source: String, in collection: String) async throws -> StoredCopy?

  /// Makes what was written so far as durable as the store can.
  func checkpoint() async throws

  /// What finds the passages of this corpus.
  ///
  /// - Parameter vectors: where the vectors are held, if this process holds them.
  nonisolated func passageIndex(vectors: VectorMemory) -> any PassageIndex
}

extension CorpusStore {
  public nonisolated var isReplaced: Bool { false }

  public nonisolated var replacementFailure: String? { nil }

  /// The model whose vectors are searched; nil before the first document.
  public var fingerprint: EmbeddingFingerprint? {
    get async throws { try await model?.fingerprint }
  }

  public func documents() async throws -> [StoredDocument] { try await documents(matching: SearchFilter()) }
}

/// An embedding model as a corpus knows it.
public struct CorpusModel: Sendable, Equatable {
  /// The corpus's own number for it.
  var id: Int
  public internal(set) var fingerprint: EmbeddingFingerprint
}

/// Vectors of texts that a corpus has not had before.
public struct EmbeddedTexts: Sendable {
  /// Hashes of the texts.
  public var hashes: [[UInt8]]
  /// Row i belongs to the text of `hashes[i]`.
  public var vectors: EmbeddingMatrix

  public init(_ hashes: [[UInt8]], _ vectors: EmbeddingMatrix) {
    precondition(hashes.count == vectors.count)
    self.hashes = hashes
    self.vectors = vectors
  }

  /// No texts at all.
  static let none = EmbeddedTexts([], EmbeddingMatrix(dimensions: 1))
}

/// A text that has no vector of some model yet.
public struct UnembeddedText: Sendable, Equatable {
  public var hash: [UInt8]
  public var text: String
}
