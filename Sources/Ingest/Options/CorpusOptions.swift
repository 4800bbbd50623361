import Commands
import HTTPClient
import Models
import Retrieval
import Setup

/// Options that most commands share, and what they open.
enum CorpusOptions {
  static let database = Option(
    "db", .path, default: "footnote.db", environment: "FOOTNOTE_DB",
    "The corpus file; QDRANT_URL counts for more than its default.")
  static let model = Option(
    "model", .text.named("MODEL"), shownDefault: "the corpus's own, or all-MiniLM-L6-v2",
    "Embedding model: the name or folder of a local one, or one of OpenAI's or Cohere's.")
  static let json = Flag("json", "Write one JSON object instead of text.")
  static let collections = Option(
    repeated: "collection", .text.named("NAME"), "Only documents of this collection.")
  static let tags = Option(
    repeated: "tag", .text.named("TAG"), "Only documents with this tag.")
  static let prefix = Option(
    "source", .text.named("PREFIX"), "Only documents whose source or name starts with PREFIX.")

  static func filter(_ invocation: Invocation) -> SearchFilter {
    SearchFilter(
      collections: invocation[collections], tags: invocation[tags], sourcePrefix: invocation[prefix])
  }

  static func setup(_ invocation: Invocation) -> CorpusSetup {
    CorpusSetup(settings: invocation.settings, client: HTTPClient())
  }

  /// The file or the server that holds the corpus.
  static func place(_ invocation: Invocation) throws -> CorpusSetup.Place {
    try setup(invocation).place(
      file: invocation[database], isExplicit: invocation.arguments.origin(of: database) == .commandLine)
  }

  static func open(_ invocation: Invocation, access: Corpus.Access) async throws -> any CorpusStore {
    try await setup(invocation).open(try place(invocation), access: access)
  }

  /// Opens the corpus for reading, with the model that it was embedded with.
  static func searcher(_ invocation: Invocation) async throws -> Searcher {
    let corpus = try await open(invocation, access: .read)
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[model], corpus: try await corpus.fingerprint)
    return try await Searcher(
      corpus: corpus, model: model, vectors: try setup(invocation).vectors, extras: try extras(invocation))
  }

  /// Says so where nothing was found because no document may be: the corpus is empty, or the filter lets none through.
  ///
  /// - Parameter status: of the documents that may be found; nil for any.
  static func explainNothing(
    _ invocation: Invocation, in corpus: any CorpusStore, status: StoredDocument.Status? = .ready
  ) async throws {
    let option = corpus.commandOption
    if try await corpus.documents(matching: SearchFilter(), status: status, offset: 0, limit: 1).total == 0 {
      return invocation.log.warning(
        "\(corpus.location) holds no document\(status == nil ? "" : " that could be read"). Add some with 'ingest add "
          + "PATH\(option)'.")
    }
    let filter = filter(invocation)
    guard try await corpus.documents(matching: filter, status: status, offset: 0, limit: 1).total == 0 else {
      return
    }
    invocation.log.warning(
      "No document of \(corpus.location) has this collection, tag and source. 'ingest list\(option)' shows what they "
        + "are.")
  }

  /// What comes after the legs of a search, by the settings.
  static func extras(_ invocation: Invocation) throws -> Searcher.Extras {
    let setup = RerankSetup(settings: invocation.settings, client: HTTPClient())
    return Searcher.Extras(
      reranker: try setup.reranker(), sentences: try setup.sentences(), selection: try setup.selection())
  }

  /// Takes the lock of a corpus file, saying so if it has to wait. Nil for one on a server, which any number of
  /// processes may write.
  static func lock(_ invocation: Invocation, waits: Bool = true) async throws -> IngestLock? {
    guard case .file(let path) = try place(invocation) else { return nil }
    let log = invocation.log
    return try await IngestLock.acquire(for: path, waits: waits) { holder in
      log.warning("Waiting: corpus '\(path)' is being written by \(holder).")
    }
  }
}
