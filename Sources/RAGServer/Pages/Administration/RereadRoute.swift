import HTTPServer
import Health
import Models
import Retrieval

/// `POST /api/documents/{id}/reingest`: reads a document's source again, such as after its failure was mended.
///
/// Where chunks have to be described, which takes longer than a request may, it goes into the queue of uploads.
struct RereadRoute {
  /// How long a request waits for the queue, or for whoever writes the corpus.
  private static let wait: Duration = .seconds(10)

  let corpus: any CorpusStore
  let uploads: UploadStore
  let worker: UploadWorker
  let intake: Intake
  let callers: Callers
  /// Waits until no other process writes the corpus.
  let lock: @Sendable () async throws -> any Sendable
  /// Opens the corpus for writing.
  let open: @Sendable () async throws -> any CorpusStore

  func add(to api: RouteGroup) {
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
      if let waiting = try await read(document) {
        return try .reply(UploadList(uploads: [UploadReply(waiting)]), status: .accepted)
      }
      guard let again = try await corpus.document(number) else {
        throw HTTPError.notFound(
          "'\(document.name)' is gone from its folder, and from the corpus.",
          hint: "GET /api/documents lists what is there.")
      }
      return try .reply(DocumentReply(again))
    }
  }

  /// - Returns: what is in the queue instead; nil where it has been read.
  private func read(_ document: StoredDocument) async throws -> Upload? {
    let key = Admission.admitted?.caller.key?.id
    let options = try await intake.options(
      document.source, in: corpus, collection: document.collection, tags: document.tags, keepsMissing: false)
    let (loader, source) = (DocumentReader(), document.source)
    var discovery = await Task.detached { Discovery.walk([source]) }.value
    // It was named from the folder that was added.
    for index in discovery.files.indices where discovery.files[index].source == source {
      discovery.files[index].name = document.name
    }
    let plan = try await intake.estimate(discovery, into: corpus, loader: loader, options: options, key: key)
    if let plan, plan.described > 0, let content = try await content(discovery, loader) {
      let upload = try await uploads.add(
        name: document.name, collection: document.collection, tags: document.tags, content: content,
        origin: source, key: key)
      return try await ended(upload)
    }
    let held: any Sendable
    do {
      held = try await withDeadline(Self.wait) { [lock] in try await lock() }
    } catch is DeadlineExceeded {
      throw HTTPError(
        .serviceUnavailable, code: "corpus_busy", message: "Another process is writing the corpus.",
        hint: "Try again when its 'ingest' or the uploads are done.", headers: ["Retry-After": "10"])
    }
    defer { withExtendedLifetime(held) {} }
    _ = try await intake.take(discovery, into: try await open(), loader: loader, options: options, key: key)
    return nil
  }

  /// The bytes of the one document that was found; nil for anything else.
  private func content(_ discovery: Discovery, _ loader: DocumentReader) async throws -> [UInt8]? {
    guard let file = discovery.files.first, discovery.files.count == 1 else { return nil }
    return await Task.detached {
      guard case .document(let bytes)? = try? loader.read(file) else { return nil }
      return bytes
    }.value
  }

  /// Waits a while for the queue.
  ///
  /// - Returns: what is still waiting; nil where it has been taken in.
  /// - Throws: `HTTPError` with the reason where it failed.
  private func ended(_ upload: Upload) async throws -> Upload? {
    await worker.wake()
    let start = ContinuousClock.now
    var latest = upload
    while .now - start < Self.wait {
      latest = try await uploads.upload(upload.id) ?? latest
      switch latest.status {
      case .ready: return nil
      case .failed:
        throw HTTPError(
          .badGateway, code: "not_taken_in", message: "'\(upload.name)' was not taken in.", hint: latest.error
        )
      // It waits for somebody or something.
      case .queued where latest.error != nil: return latest
      case .receiving, .queued, .running: break
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    return latest
  }
}
