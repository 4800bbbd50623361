import Cryptography
import FoundationEssentials
import Qdrant

extension QdrantCorpus {
  private static let isDocument = Condition.keyword("kind", DocumentPayload.kind)

  nonisolated func payloads(_ ids: [PointID]) async throws -> [PointID: DocumentPayload] {
    var found: [PointID: DocumentPayload] = [:]
    for start in stride(from: 0, to: ids.count, by: 1000) {
      let part = Array(ids[start..<min(start + 1000, ids.count)])
      for record in try await client.retrieve(part, from: names.documents, as: DocumentPayload.self) {
        found[record.id] = record.payload
      }
    }
    return found
  }

  public func state(of source: String, in collection: String) async throws -> DocumentState? {
    try await reported {
      let id = QdrantNames.document(source, in: collection)
      guard let document = try await payloads([id])[id] else { return nil }
      if document.isRemoved {
        try await delete([id: document])
        return nil
      }
      // A run that was killed has left what it had replaced.
      if document.obsolete != nil { try await deleteObsolete([id: document]) }
      return DocumentState(
        hash: Hexadecimal.bytes(document.hash), recipe: document.recipe,
        status: StoredDocument.Status(rawValue: document.status) ?? .failed, name: document.name,
        tags: Set(document.tags))
    }
  }

  public func relabel(_ source: String, in collection: String, name: String, tags: [String]) async throws {
    struct Label: Encodable {
      var name: String
      var tags: [String]
    }
    try await reported {
      let id = QdrantNames.document(source, in: collection)
      guard let document = try await payloads([id])[id] else { return }
      let label = Label(name: name, tags: Array(Set(tags)).sorted())
      if let current = document.current {
        let collection = try await chunkCollection()
        try await client.setPayload(label, of: .points(current.chunkIDs), in: collection)
      }
      try await client.setPayload(label, of: .points([id]), in: names.documents)
      try await countUp()
    }
  }

  public func recordFailure(
    _ failure: SourceFailure, in collection: String, tags: [String]
  ) async throws {
    struct Failure: Encodable {
      var status: String
      var hash = ""
      var error: String
      /// Nil leaves them as they are.
      var tags: [String]?
      var updatedAt: Int
    }
    let tags = Set(tags).sorted()
    try await reported {
      let id = QdrantNames.document(failure.source, in: collection)
      let now = Int(Date().timeIntervalSince1970)
      if let document = try await payloads([id])[id], !document.isRemoved {
        // Chunks of an earlier version keep the tags that they are found by.
        let hasChunks = document.revision != nil
        let status: StoredDocument.Status = hasChunks ? .outdated : .failed
        try await client.setPayload(
          Failure(
            status: status.rawValue, error: failure.error.description, tags: hasChunks ? nil : tags,
            updatedAt: now),
          of: .points([id]),
          in: names.documents)
      } else {
        let payload = DocumentPayload(
          collection: collection, source: failure.source, name: failure.name, hash: "", recipe: "", size: 0,
          status: StoredDocument.Status.failed.rawValue, error: failure.error.description, notes: [],
          tags: tags, chunks: 0, textParts: 0, addedAt: now, updatedAt: now)
        try await client.upsert([Point(id, payload: payload)], into: names.documents)
      }
      try await countUp()
    }
  }

  public func sources(below prefix: String, in collection: String) async throws -> [String] {
    struct Source: Decodable, Sendable {
      var source: String
    }
    return try await reported {
      var must = [Self.isDocument, .keyword("collection", collection)]
      if !prefix.isEmpty { must.append(.prefix("source", prefix)) }
      var sources: [String] = []
      try await client.forEachPage(
        of: names.documents, Filter(must: must), payload: .include(["source"]), as: Source.self
      ) { page in sources += page.compactMap(\.payload?.source) }
      return sources
    }
  }

  public func remove(_ sources: [String], in collection: String) async throws {
    try await reported {
      try await delete(try await payloads(sources.map { QdrantNames.document($0, in: collection) }))
    }
  }

  public func remove(_ source: String, in collection: String? = nil) async throws -> [RemovedDocument] {
    let documents = try await reported {
      var conditions: [Condition] = []
      for member in ["source", "name"] {
        conditions += [.keyword(member, source), .prefix(member, source + "!/")]
        if source.hasSuffix("/") { conditions.append(.prefix(member, source)) }
      }
      let must = [Self.isDocument] + (collection.map { [.keyword("collection", $0)] } ?? [])
      return try await documentPayloads(Filter(must: must, should: conditions))
    }
    guard !documents.isEmpty else { throw CorpusError.notFound(source, in: self) }
    try await reported { try await delete(documents) }
    return documents.values.map { RemovedDocument(source: $0.source, collection: $0.collection) }
      .sorted { ($0.collection, $0.source) < ($1.collection, $1.source) }
  }

  /// Hides documents from readers, deletes their points and then their own.
  private func delete(_ documents: [PointID: DocumentPayload]) async throws {
    guard !documents.isEmpty else { return }
    struct Removal: Encodable {
      var status = DocumentPayload.removed
      var hash = ""
    }
    let ids = Array(documents.keys)
    try await client.setPayload(Removal(), of: .points(ids), in: names.documents)
    try await countUp()
    try await deleteRevisions(
      documents.values.flatMap { ($0.obsolete ?? []) + [$0.current].compactMap { $0 } })
    try await client.delete(.points(ids), from: names.documents)
  }

  /// Deletes the points of versions that no reader sees any more.
  func deleteRevisions(_ revisions: [DocumentPayload.Revision]) async throws {
    guard !revisions.isEmpty else { return }
    let chunks = revisions.flatMap(\.chunkIDs)
    if !chunks.isEmpty {
      // Without a collection in use there are no chunks either.
      do {
        try await client.delete(.points(chunks), from: try await chunkCollection())
      } catch let error as QdrantError where error.kind == .notFound {}
    }
    try await client.delete(.points(revisions.flatMap(\.textIDs)), from: names.documents)
  }

  func deleteObsolete(_ documents: [PointID: DocumentPayload]) async throws {
    let obsolete = documents.filter { !($0.value.obsolete ?? []).isEmpty }
    guard !obsolete.isEmpty else { return }
    try await deleteRevisions(
      obsolete.values.flatMap { document in
        (document.obsolete ?? []).filter { $0.revision != document.revision }
      })
    try await client.deletePayload(["obsolete"], of: .points(Array(obsolete.keys)), in: names.documents)
  }

  /// The collection of chunks in use; writes to it are not carried over to another one by a change of the alias.
  func chunkCollection() async throws -> String {
    guard let name = try await client.collection(ofAlias: names.corpus) else {
      throw QdrantError(
        .notFound, "There is no collection of chunks of corpus '\(location)'.", hint: "Run 'ingest add PATH'."
      )
    }
    return name
  }

  nonisolated func documentPayloads(_ filter: Filter) async throws -> [PointID: DocumentPayload] {
    var documents: [PointID: DocumentPayload] = [:]
    try await client.forEachPage(of: names.documents, filter, as: DocumentPayload.self) { page in
      for record in page { documents[record.id] = record.payload }
    }
    return documents
  }

  public func documents(matching filter: SearchFilter) async throws -> [StoredDocument] {
    try await reported {
      let filter = Filter(
        must: [Self.isDocument] + filter.conditions,
        mustNot: [.keyword("status", DocumentPayload.removed)])
      let links = try await SiteLinkBook.load(from: self)
      return try await documentPayloads(filter).map { StoredDocument($1, id: $0, links) }.sorted {
        ($0.collection, $0.source) < ($1.collection, $1.source)
      }
    }
  }

  public func text(of source: String) async throws -> String {
    try await reported {
      // The text of a revision that is replaced meanwhile is gone: the next try finds the new one.
      for _ in 0..<3 {
        let found = try await documentPayloads(
          Filter(
            must: [Self.isDocument], should: [.keyword("source", source), .keyword("name", source)],
            mustNot: [.keyword("status", DocumentPayload.removed)]))
        let best = found.values.sorted { ($0.collection, $0.source) < ($1.collection, $1.source) }
        guard let document = best.first(where: { $0.source == source }) ?? best.first else { break }
        guard let current = document.current else { return "" }
        if let text = try await text(of: current) { return text }
      }
      throw CorpusError.notFound(source, in: self)
    }
  }

  /// Nil if a part is missing.
  func text(of revision: DocumentPayload.Revision) async throws -> String? {
    var parts: [PointID: String] = [:]
    for id in revision.textIDs {
      for record in try await client.retrieve([id], from: names.documents, as: TextPayload.self) {
        parts[record.id] = record.payload?.text
      }
    }
    let texts = revision.textIDs.compactMap { parts[$0] }
    return texts.count == revision.textParts ? texts.joined() : nil
  }
}

extension SearchFilter {
  /// The filter as conditions on points of chunks and of documents.
  var conditions: [Condition] {
    var conditions: [Condition] = []
    if !collections.isEmpty { conditions.append(.any("collection", collections)) }
    if !tags.isEmpty { conditions.append(.any("tags", tags)) }
    if let prefix = sourcePrefix, !prefix.isEmpty {
      conditions.append(
        .filter(Filter(should: [.prefix("source", prefix), .prefix("name", prefix)])))
    }
    return conditions
  }
}
