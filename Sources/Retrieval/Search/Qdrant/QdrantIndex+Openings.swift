import Qdrant

extension QdrantIndex {
  /// Chunks whose headings are read with one request.
  private static let headingsAtOnce = 64

  func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage? {
    try await withDocument(of: passage) { document in
      let ordinal = try await ordinal(openingSectionOf: passage, below: headings, of: document.revision)
      return try await passages([document.chunk(ordinal)]).first
    }
  }

  func joined(_ passage: Passage, to ordinal: Int) async throws -> Passage? {
    if ordinal < 0 { return nil }
    return try await withDocument(of: passage) { document in
      let found = document.chunk(ordinal)
      guard let chunk = try await passages([found]).first else { return nil }
      let places = PassageMerge.gaps(between: [passage, chunk])
      let texts = places.isEmpty ? [] : try await texts(at: places, of: [found])
      let gaps = zip(places, texts).compactMap { place, text in text.map { (place, $0) } }
      return PassageMerge.merged(
        [passage, chunk], gaps: Dictionary(gaps, uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The document of a passage as it is now.
  private struct CurrentDocument {
    var id: PointID
    var head: DocumentHead
    var revision: String

    func chunk(_ ordinal: Int) -> Found {
      Found(
        id: QdrantNames.chunk(ordinal, of: revision), hit: Hit(document: id.description, revision: revision),
        document: head)
    }
  }

  /// - Returns: nil also where the document has been removed.
  private func withDocument(
    of passage: Passage, _ body: (CurrentDocument) async throws -> Passage?
  ) async throws -> Passage? {
    do {
      let id = QdrantNames.document(passage.source, in: passage.collection)
      guard
        let head = try await client.retrieve(
          [id], from: names.documents, payload: DocumentHead.members, as: DocumentHead.self
        ).first?.payload, head.status != DocumentPayload.removed, let revision = head.revision
      else { return nil }
      return try await body(CurrentDocument(id: id, head: head, revision: revision))
    } catch let error as QdrantError {
      if error.kind == .notFound { return nil }
      if error.kind == .cancelled { throw CancellationError() }
      throw CorpusError.qdrant(error)
    }
  }

  /// Looks through the chunks before the passage, from the nearest on, for one of another section.
  private func ordinal(
    openingSectionOf passage: Passage, below headings: ArraySlice<String>, of revision: String
  ) async throws -> Int {
    if headings.isEmpty { return 0 }
    var first = passage.ordinal
    while first > 0 {
      let before = (max(0, first - Self.headingsAtOnce)..<first).map { QdrantNames.chunk($0, of: revision) }
      var paths: [PointID: [String]] = [:]
      for record in try await client.retrieve(
        before, from: names.corpus, payload: .include(["heading_path"]), as: HeadingsPayload.self)
      {
        paths[record.id] = record.payload?.headingPath
      }
      for id in before.reversed() {
        guard let path = paths[id], path.starts(with: headings) else { return first }
        first -= 1
      }
    }
    return first
  }

  private struct HeadingsPayload: Decodable, Sendable {
    var headingPath: [String]
  }
}
