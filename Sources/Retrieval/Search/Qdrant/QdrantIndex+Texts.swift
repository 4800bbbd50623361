import Qdrant

extension QdrantIndex {
  /// Chunks whose documents' texts are read for one search at most: about a million code points.
  private static let mostChunks = 1000

  /// Reads places of the texts of documents that were found, with one request. A text lies on the server as a whole, so
  /// those of very long documents are left out.
  func texts(at places: [TextPlace], of found: some Sequence<Found>) async throws -> [String?] {
    var heads: [Int: DocumentHead] = [:]
    for hit in found {
      if let id = hit.hit.document { heads[PointID.uuid(id).number] = hit.document }
    }
    var ids: [PointID] = []
    var left = Self.mostChunks
    var wanted: Set<Int> = []
    // The best come first.
    for place in places where !wanted.contains(place.document) {
      guard let head = heads[place.document], let chunks = head.chunks, chunks <= left else { continue }
      left -= chunks
      wanted.insert(place.document)
      ids += head.textIDs
    }
    guard !ids.isEmpty else { return places.map { _ in nil } }
    return try await QdrantCorpus.reported {
      var parts: [PointID: String] = [:]
      for record in try await client.retrieve(ids, from: names.documents, as: TextPayload.self) {
        parts[record.id] = record.payload?.text
      }
      var texts: [Int: String.UnicodeScalarView] = [:]
      for document in wanted {
        let own = (heads[document]?.textIDs ?? []).map { parts[$0] }
        // The text of a version that is being deleted may be there in part.
        guard !own.isEmpty, !own.contains(nil) else { continue }
        texts[document] = own.compactMap(\.self).joined().unicodeScalars
      }
      return places.map { place in
        texts[place.document].flatMap { text in
          guard
            let start = text.index(
              text.startIndex, offsetBy: place.range.lowerBound, limitedBy: text.endIndex),
            let end = text.index(start, offsetBy: place.range.count, limitedBy: text.endIndex)
          else { return nil }
          return String(text[start..<end])
        }
      }
    }
  }
}
