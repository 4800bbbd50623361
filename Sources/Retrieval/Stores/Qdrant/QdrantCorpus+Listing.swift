import Qdrant

extension QdrantCorpus {
  /// Points that readers know as documents.
  private static let listed = Filter(
    must: [.keyword("kind", DocumentPayload.kind)], mustNot: [.keyword("status", DocumentPayload.removed)])

  /// What documents are ordered by; the server itself orders by numbers only.
  private struct Place: Decodable, Sendable {
    var collection: String
    var source: String
  }

  public func documents(
    matching filter: SearchFilter, status: StoredDocument.Status?, offset: Int, limit: Int
  ) async throws -> DocumentPage {
    try await reported {
      var wanted = Self.listed
      wanted.must += filter.conditions
      if let status { wanted.must.append(.keyword("status", status.rawValue)) }
      var places: [(place: Place, id: PointID)] = []
      try await client.forEachPage(
        of: names.documents, wanted, payload: .include(["collection", "source"]), as: Place.self
      ) { page in
        for record in page {
          if let place = record.payload { places.append((place, record.id)) }
        }
      }
      places.sort { ($0.place.collection, $0.place.source) < ($1.place.collection, $1.place.source) }
      let ids = places.dropFirst(max(0, offset)).prefix(max(0, limit)).map(\.id)
      let found = try await payloads(ids)
      let links = try await SiteLinkBook.load(from: self)
      return DocumentPage(
        documents: ids.compactMap { id in found[id].map { StoredDocument($0, id: id, links) } },
        total: places.count)
    }
  }

  public func document(_ id: Int) async throws -> StoredDocument? {
    try await reported {
      guard let point = try await point(of: id) else { return nil }
      return StoredDocument(point.payload, id: point.id, try await SiteLinkBook.load(from: self))
    }
  }

  /// The point of a document: numbers are the beginnings of ids, and points are read in order of their ids.
  private func point(of number: Int) async throws -> (id: PointID, payload: DocumentPayload)? {
    guard let first = PointID(first: number) else { return nil }
    let page = try await client.scroll(
      names.documents, Self.listed, from: first, limit: 1, as: DocumentPayload.self)
    guard let record = page.points.first, record.id.number == number, let payload = record.payload else {
      return nil
    }
    return (record.id, payload)
  }

  public func excerpt(of id: Int, range: Range<Int>, context: Int) async throws -> DocumentExcerpt? {
    try await reported {
      // A document that is replaced while it is read is read again.
      for _ in 0..<3 {
        guard let document = try await point(of: id)?.payload else { return nil }
        guard let current = document.current else {
          return DocumentExcerpt(
            range: 0..<0, text: "", before: "", after: "", length: 0, headingPath: [])
        }
        guard let text = try await text(of: current) else { continue }
        var excerpt = DocumentExcerpt(of: Array(text.unicodeScalars), range: range, context: context)
        if let chunk = try await position(of: max(0, range.lowerBound), in: current) {
          excerpt.headingPath = chunk.headingPath
          excerpt.page = chunk.page
          excerpt.anchor = chunk.anchor
        }
        return excerpt
      }
      throw CorpusError.changedMeanwhile(self)
    }
  }

  private struct Position: Decodable, Sendable {
    var start: Int
    var headingPath: [String]
    var page: Int?
    var anchor: String?
  }

  /// Where the last chunk stands that begins at or before `start`.
  private func position(of start: Int, in revision: DocumentPayload.Revision) async throws -> Position? {
    var best: Position?
    for first in stride(from: 0, to: revision.chunks, by: 1000) {
      let ids = Array(revision.chunkIDs[first..<min(first + 1000, revision.chunks)])
      let found = try await client.retrieve(
        ids, from: names.corpus, payload: .include(["start", "heading_path", "page", "anchor"]),
        as: Position.self)
      for position in found.compactMap(\.payload)
      where position.start <= start && position.start >= best?.start ?? 0 {
        best = position
      }
    }
    return best
  }

  /// Deletes the corpus with everything in it.
  public func deleteAll() async throws {
    try await reported {
      if try await client.collection(ofAlias: names.corpus) != nil {
        try await client.deleteAlias(names.corpus)
      }
      for name in try await client.collections()
      where name == names.documents || name.hasPrefix(names.chunksPrefix) {
        try await client.deleteCollection(name)
      }
    }
  }
}

extension StoredDocument {
  init(_ document: DocumentPayload, id: PointID, _ links: SiteLinkBook) {
    self.init(
      id: id.number, collection: document.collection, source: document.source, name: document.name,
      title: document.title,
      url: DocumentLink.url(
        document.source, at: links.address(of: document.source, in: document.collection)),
      status: Status(rawValue: document.status) ?? .failed, error: document.error,
      notes: document.notes, missing: document.missing ?? [], tags: document.tags, chunks: document.chunks,
      size: document.size,
      updatedAt: document.updatedAt)
  }
}

extension PointID {
  /// The first of all ids that have this `number`.
  fileprivate init?(first number: Int) {
    guard (0..<1 << 48).contains(number) else { return nil }
    let digits = String(number, radix: 16)
    let prefix = String(repeating: "0", count: 12 - digits.count) + digits
    self = .uuid("\(prefix.prefix(8))-\(prefix.suffix(4))-0000-0000-000000000000")
  }
}
