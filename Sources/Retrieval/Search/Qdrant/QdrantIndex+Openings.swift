import Qdrant

extension QdrantIndex {
  /// Chunks whose headings are read with one request.
  private static let headingsAtOnce = 64

  func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage? {
    do {
      let id = QdrantNames.document(passage.source, in: passage.collection)
      guard
        let head = try await client.retrieve(
          [id], from: names.documents, payload: DocumentHead.members, as: DocumentHead.self
        ).first?.payload, head.status != DocumentPayload.removed, let revision = head.revision
      else { return nil }
      let ordinal = try await ordinal(openingSectionOf: passage, below: headings, of: revision)
      let hit = Hit(document: id.description, revision: revision)
      return try await passages([
        Found(id: QdrantNames.chunk(ordinal, of: revision), hit: hit, document: head)
      ]).first
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
