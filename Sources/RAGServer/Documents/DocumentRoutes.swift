import FoundationEssentials
import HTTPServer
import Models
import Retrieval

/// `/api/documents`: what the corpus holds, and what is to be put into it or taken out.
struct DocumentRoutes {
  /// Uploads that may wait.
  static let queueLimit = 1000
  /// Code points of one range of text.
  private static let longestText = 100_000

  let corpus: any CorpusStore
  let uploads: UploadStore
  let worker: UploadWorker
  let intake: Intake
  let callers: Callers
  /// Bytes of one request with uploads.
  let uploadLimit: Int
  /// Waits until no other process writes the corpus.
  let lock: @Sendable () async throws -> any Sendable

  func add(to api: RouteGroup) {
    api.get("/documents") { try await list($0) }
    api.get("/documents/{id}") { request in
      try await callers.requireAdministrator(request)
      return try .reply(DocumentReply(try await document(request)))
    }
    api.get("/documents/{id}/text") { try await text($0) }
    api.group(middleware: [UploadLimitHint(limit: uploadLimit)], bodyLimit: uploadLimit)
      .post("/documents") { try await upload($0) }
    api.get("/documents/uploads") { try await listUploads($0) }
    api.get("/documents/uploads/{id}") { request in
      try await callers.requireAdministrator(request)
      let id = try request.parameter("id")
      guard let upload = try await uploads.upload(id) else {
        throw HTTPError.notFound(
          "There is no upload '\(id)'.", hint: "GET /api/documents/uploads lists them.")
      }
      return try .reply(UploadReply(upload))
    }
    api.delete("/documents/{id}") { request in
      try await callers.requireAdministrator(request)
      return try await remove([try await document(request)])
    }
    api.delete("/documents") { try await removeSource($0) }
  }

  private func list(_ request: Request) async throws -> Response {
    try await callers.requireAdministrator(request)
    let query = request.query
    let filter = SearchFilter(
      collections: try RequestText.names(query.values(of: "collection"), field: "collection"),
      tags: try RequestText.names(query.values(of: "tag"), field: "tag"), sourcePrefix: query["prefix"])
    let status = try query.choice("status", StoredDocument.Status.self, ["ready", "outdated", "failed"])
    let offset = try query.integer("offset", in: 0...Int(Int32.max)) ?? 0
    let limit = try query.integer("limit", in: 1...1000) ?? 100
    let page = try await corpus.documents(matching: filter, status: status, offset: offset, limit: limit)
    let next = offset + page.documents.count
    return try .reply(
      DocumentList(
        documents: page.documents.map(DocumentReply.init), total: page.total,
        nextOffset: next < page.total && !page.documents.isEmpty ? next : nil))
  }

  private func document(_ request: Request) async throws -> StoredDocument {
    let text = try request.parameter("id")
    if let id = Int(text), let document = try await corpus.document(id) { return document }
    throw HTTPError.notFound("There is no document '\(text)'.", hint: "GET /api/documents lists them.")
  }

  private func text(_ request: Request) async throws -> Response {
    let document = try await document(request)
    let query = request.query
    let start = try query.integer("start", in: 0...Int(Int32.max)) ?? 0
    let end = try query.integer("end", in: 0...Int(Int32.max)) ?? start + 20_000
    guard start <= end, end - start <= Self.longestText else {
      throw HTTPError.badRequest(
        "end: expected \(start) to \(start + Self.longestText), found \(end)", hint: "Ask for less at a time."
      )
    }
    let context = try query.integer("context", in: 0...10_000) ?? 0
    guard let excerpt = try await corpus.excerpt(of: document.id, range: start..<end, context: context) else {
      throw HTTPError.notFound(
        "The document has just been removed.", hint: "GET /api/documents lists those there are.")
    }
    return try .reply(DocumentTextReply(document, excerpt))
  }

  private func upload(_ request: Request) async throws -> Response {
    try await callers.requireAdministrator(request)
    let upload = try UploadRequest(request)
    // Whoever sends it still has it: better now than from the queue.
    try await intake.check(corpus)
    guard try await uploads.count(.queued) + upload.files.count <= Self.queueLimit else {
      throw HTTPError(
        .serviceUnavailable, code: "queue_full", message: "\(Self.queueLimit) uploads are waiting already.",
        hint: "Send it again when some of them have been taken in.", headers: ["Retry-After": "60"])
    }
    var replies: [UploadReply] = []
    for file in upload.files {
      replies.append(
        UploadReply(
          try await uploads.add(
            name: file.name, collection: upload.collection, tags: upload.tags, content: file.content,
            key: Admission.admitted?.caller.key?.id)))
    }
    await worker.wake()
    return try .reply(UploadList(uploads: replies), status: .accepted)
  }

  private func listUploads(_ request: Request) async throws -> Response {
    try await callers.requireAdministrator(request)
    let status = try request.query.choice(
      "status", Upload.Status.self, ["queued", "running", "ready", "failed"])
    let limit = try request.query.integer("limit", in: 1...1000) ?? 100
    return try .reply(
      UploadList(uploads: try await uploads.uploads(status: status, limit: limit).map(UploadReply.init)))
  }

  private func removeSource(_ request: Request) async throws -> Response {
    try await callers.requireAdministrator(request)
    guard let source = request.query["source"], !source.isEmpty else {
      throw HTTPError.badRequest(
        "source: missing", hint: "Name the document by its whole source: ?source=upload:///name.md")
    }
    let collections = request.query.values(of: "collection")
    let filter = SearchFilter(
      collections: try RequestText.names(collections, field: "collection"), sourcePrefix: source)
    let isFolder = source.hasSuffix("/")
    let documents = try await corpus.documents(matching: filter).filter { document in
      isFolder ? document.source.hasPrefix(source) : document.source == source
    }
    guard !documents.isEmpty else {
      throw try await UnknownSource(
        source, among: corpus.documents(matching: SearchFilter(collections: filter.collections))
      ).httpError
    }
    return try await remove(documents)
  }

  private func remove(_ documents: [StoredDocument]) async throws -> Response {
    let held: any Sendable
    do {
      held = try await withDeadline(.seconds(10)) { [lock] in try await lock() }
    } catch is DeadlineExceeded {
      throw HTTPError(
        .serviceUnavailable, code: "corpus_busy", message: "Another process is writing the corpus.",
        hint: "Try again when its 'ingest' or the uploads are done.", headers: ["Retry-After": "10"])
    }
    defer { withExtendedLifetime(held) {} }
    for (collection, group) in Dictionary(grouping: documents, by: \.collection) {
      try await corpus.remove(group.map(\.source), in: collection)
    }
    return try .reply(["removed": documents.map(\.source)])
  }
}
