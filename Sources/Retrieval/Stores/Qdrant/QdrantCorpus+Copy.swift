import Cryptography
import Models
import Qdrant

extension QdrantCorpus {
  public func copy(of source: String, in collection: String) async throws -> StoredCopy? {
    guard let model = try await model else { return nil }
    return try await reported {
      let id = QdrantNames.document(source, in: collection)
      // A document that is replaced while it is read is read again.
      for _ in 0..<3 {
        guard let document = try await payloads([id])[id], !document.isRemoved, let current = document.current
        else { return nil }
        guard let text = try await text(of: current) else { continue }
        var chunks: [PointID: (payload: ChunkPayload, vector: [Float])] = [:]
        for start in stride(from: 0, to: current.chunks, by: 500) {
          let ids = Array(current.chunkIDs[start..<min(start + 500, current.chunks)])
          for record in try await client.retrieve(
            ids, from: names.corpus, vectors: .named([Self.dense]), as: ChunkPayload.self)
          {
            guard let payload = record.payload, let vector = record.vector?.dense[Self.dense] else {
              continue
            }
            chunks[record.id] = (payload, vector)
          }
        }
        let found = current.chunkIDs.compactMap { chunks[$0] }
        guard found.count == current.chunks else { continue }
        return copied(document, text, found, model.fingerprint)
      }
      throw CorpusError.changedMeanwhile(self)
    }
  }

  private func copied(
    _ document: DocumentPayload, _ text: String, _ found: [(payload: ChunkPayload, vector: [Float])],
    _ fingerprint: EmbeddingFingerprint
  ) -> StoredCopy {
    let hashes = found.map { Hexadecimal.bytes($0.payload.hash) }
    var known: [[UInt8]] = []
    var vectors = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    var seen: Set<[UInt8]> = []
    for (hash, chunk) in zip(hashes, found)
    where chunk.vector.count == vectors.dimensions && seen.insert(hash).inserted {
      known.append(hash)
      vectors.append(chunk.vector)
    }
    return StoredCopy(
      document: IndexedDocument(
        collection: document.collection, source: document.source, name: document.name, size: document.size,
        modified: document.modified, hash: ContentHash(stored: Hexadecimal.bytes(document.hash)),
        recipe: document.recipe, tags: document.tags,
        document: ParsedDocument(
          title: document.title, text: text, blocks: [], notes: document.notes,
          missing: document.missing ?? []),
        chunks: found.map { chunk in
          let payload = chunk.payload
          return Chunk(
            ordinal: payload.ordinal, range: payload.start..<max(payload.start, payload.end),
            text: payload.text,
            headingPath: payload.headingPath, header: payload.header, page: payload.page,
            anchor: payload.anchor, tokens: payload.tokens)
        }, hashes: hashes), embedded: EmbeddedTexts(known, vectors))
  }
}
