import Models
import SQLite

extension Corpus {
  public func copy(of source: String, in collection: String) throws -> StoredCopy? {
    guard let model = try model else { return nil }
    return try read {
      let document = try connection.first(
        """
        SELECT id, name, title, text, hash, recipe, size, modified, notes,
          (SELECT group_concat(tag, char(31)) FROM tags WHERE document_id = documents.id), missing
        FROM documents WHERE collection = ? AND source = ? AND status <> 'failed'
        """, .text(collection), .text(source)
      ) { row in
        (
          id: row.integer(0),
          document: IndexedDocument(
            collection: collection, source: source, name: row.text(1), size: row.integer(6),
            modified: row.optionalInteger(7).map(Int64.init), hash: ContentHash(stored: row.blob(4)),
            recipe: row.text(5), tags: row.text(9).split(separator: "\u{1F}").map(String.init),
            document: ParsedDocument(
              title: row.optionalText(2), text: row.text(3), blocks: [],
              notes: row.text(8).split(separator: "\n").map(String.init),
              missing: row.text(10).split(separator: "\n").map(String.init)),
            chunks: [], hashes: [])
        )
      }
      guard let (id, stored) = document else { return nil }
      var copy = stored
      try connection.forEach(
        """
        SELECT ordinal, start, "end", text, heading_path, header, page, anchor, tokens, hash FROM chunks
        WHERE document_id = ? ORDER BY ordinal
        """, [Value(id)]
      ) { row in
        copy.chunks.append(
          Chunk(
            ordinal: row.integer(0), range: row.integer(1)..<max(row.integer(1), row.integer(2)),
            text: row.text(3), headingPath: HeadingPath.decoded(row.text(4)), header: row.text(5),
            page: row.optionalInteger(6), anchor: row.optionalText(7), tokens: row.integer(8)))
        copy.hashes.append(row.blob(9))
      }
      return StoredCopy(document: copy, embedded: try embedded(copy.hashes, model))
    }
  }

  private func embedded(_ hashes: [[UInt8]], _ model: CorpusModel) throws -> EmbeddedTexts {
    var known: [[UInt8]] = []
    var vectors = EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
    var seen: Set<[UInt8]> = []
    for hash in hashes where seen.insert(hash).inserted {
      let vector = try connection.first(
        "SELECT vector FROM embeddings WHERE model_id = ? AND hash = ?", Value(model.id), .blob(hash)
      ) { $0.floats(0) }
      guard let vector, vector.count == vectors.dimensions else { continue }
      known.append(hash)
      vectors.append(vector)
    }
    return EmbeddedTexts(known, vectors)
  }
}
