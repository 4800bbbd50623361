import HTTPServer
import Health
import Models
import Retrieval

/// `POST /api/documents/{id}/reingest`: reads a document's source again, such as after its failure was mended.
struct RereadRoute {
  let corpus: any CorpusStore
  let model: any EmbeddingModel
  let callers: Callers
  /// Waits until no other process writes the corpus.
  let lock: @Sendable () async throws -> any Sendable
  /// Opens the corpus for writing.
  let open: @Sendable () async throws -> any CorpusStore

  func add(to api: RouteGroup<Void>) {
    api.post("/documents/{id}/reingest") { request in
      try await callers.requireAdministrator(request)
      let id = try request.parameter("id")
      guard let number = Int(id), let document = try await corpus.document(number) else {
        throw HTTPError.notFound("There is no document '\(id)'.", hint: "GET /api/documents lists them.")
      }
      guard document.source.hasPrefix("/"), !document.source.contains("!/") else {
        throw HTTPError(
          .conflict, code: "source_not_here",
          message: "'\(document.name)' is no file of the server's own disk, so that it cannot be read again.",
          hint: "Send it anew with POST /api/documents, or run 'ingest add' where it is.")
      }
      try await read(document)
      guard let again = try await corpus.document(number) else {
        throw HTTPError.notFound("'\(document.name)' is gone from its folder, and from the corpus.")
      }
      return try .reply(DocumentReply(again))
    }
  }

  private func read(_ document: StoredDocument) async throws {
    let held: any Sendable
    do {
      held = try await withDeadline(.seconds(10)) { [lock] in try await lock() }
    } catch is DeadlineExceeded {
      throw HTTPError(
        .serviceUnavailable, code: "corpus_busy", message: "Another process is writing the corpus.",
        hint: "Try again when its 'ingest' or the uploads are done.", headers: ["Retry-After": "10"])
    }
    defer { withExtendedLifetime(held) {} }
    let indexer = Indexer(
      corpus: try await open(), model: model, loader: DocumentReader(),
      options: IndexingOptions(collection: document.collection, tags: document.tags))
    let source = document.source
    _ = try await indexer.run(Task.detached { Discovery.walk([source]) }.value)
  }
}
