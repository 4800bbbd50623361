import Commands
import HTTPClient
import Models
import Retrieval
import Setup

/// Options that most commands share, and what they open.
enum CorpusOptions {
  static let database = Option(
    "db", .path, default: "footnote.db", environment: "FOOTNOTE_DB", "The corpus file.")
  static let model = Option(
    "model", .text.named("MODEL"), shownDefault: "the corpus's own, or all-MiniLM-L6-v2",
    "Embedding model: the name or folder of a local one, or one of OpenAI's or Cohere's.")
  static let json = Flag("json", "Write one JSON object instead of text.")
  static let collections = Option(
    repeated: "collection", .text.named("NAME"), "Only documents of this collection; may be repeated.")
  static let tags = Option(
    repeated: "tag", .text.named("TAG"), "Only documents with this tag; may be repeated.")
  static let prefix = Option(
    "source", .text.named("PREFIX"), "Only documents whose source or name starts with PREFIX.")

  static func filter(_ invocation: Invocation) -> SearchFilter {
    SearchFilter(
      collections: invocation[collections], tags: invocation[tags], sourcePrefix: invocation[prefix])
  }

  /// Opens the corpus for reading, with the model that it was embedded with.
  static func searcher(_ invocation: Invocation) async throws -> Searcher {
    let corpus = try Corpus(path: invocation[database], access: .read)
    let model = try EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[model], corpus: try await corpus.fingerprint)
    return try await Searcher(corpus: corpus, model: model)
  }

  /// Takes the lock of the corpus, saying so if it has to wait.
  static func lock(_ invocation: Invocation, waits: Bool = true) async throws -> IngestLock {
    let log = invocation.log
    let path = invocation[database]
    return try await IngestLock.acquire(for: path, waits: waits) { holder in
      log.warning("Waiting: corpus '\(path)' is being written by \(holder).")
    }
  }
}
