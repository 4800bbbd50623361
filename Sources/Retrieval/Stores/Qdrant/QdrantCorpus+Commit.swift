import Cryptography
import FoundationEssentials
import Models
import Qdrant

extension QdrantCorpus {
  /// Floats of waiting vectors that are kept in memory too: 64 MB.
  private static let waitingFloats = 16 << 20

  public func unembedded(_ hashes: [[UInt8]], model: CorpusModel) async throws -> Set<[UInt8]> {
    let collection = try names.chunks(model.fingerprint)
    return try await reported {
      let unknown = Array(Set(hashes).subtracting(waiting.keys))
      return Set(unknown).subtracting(try await known(unknown, in: collection))
    }
  }

  /// Which of different `hashes` have a vector in `collection`.
  func known(_ hashes: [[UInt8]], in collection: String) async throws -> Set<[UInt8]> {
    var known: Set<[UInt8]> = []
    for start in stride(from: 0, to: hashes.count, by: 500) {
      let part = hashes[start..<min(start + 500, hashes.count)].map { Hexadecimal.encode($0) }
      let found = try await client.facet(
        "hash", of: collection, Filter(must: [.any("hash", part)]), limit: part.count, as: String.self)
      known.formUnion(found.map { Hexadecimal.bytes($0.value) })
    }
    return known
  }

  /// The vectors of texts that are in `collection`, by the texts' hashes.
  func vectors(_ hashes: Set<[UInt8]>, in collection: String) async throws -> [[UInt8]: [Float]] {
    var vectors: [[UInt8]: [Float]] = [:]
    var left = hashes
    while !left.isEmpty {
      let part = left.prefix(256)
      let page = try await client.scroll(
        collection, Filter(must: [.any("hash", part.map { Hexadecimal.encode($0) })]), limit: 2 * part.count,
        payload: .include(["hash"]), vectors: .named([Self.dense]), as: HashPayload.self)
      var found: Set<[UInt8]> = []
      for record in page.points {
        guard let hash = record.payload?.hash.map(Hexadecimal.bytes),
          let vector = record.vector?.dense[Self.dense]
        else { continue }
        vectors[hash] = vector
        found.insert(hash)
      }
      // A page may be full of chunks of one text; then the next asks for the others only.
      left.subtract(page.nextPageOffset == nil || found.isEmpty ? Set(part) : found)
    }
    return vectors
  }

  public func commit(_ documents: [IndexedDocument], _ embedded: EmbeddedTexts, model: CorpusModel)
    async throws
  {
    // Another process may have changed the model since the run began.
    try await confirmed(model.fingerprint)
    let collection = try names.chunks(model.fingerprint)
    var seen: Set<PointID> = []
    // Of two versions of one document the last counts.
    let documents = documents.reversed()
      .filter { seen.insert(QdrantNames.document($0.source, in: $0.collection)).inserted }
    try await reported {
      var fresh: [[UInt8]: [Float]] = [:]
      for (row, hash) in embedded.hashes.enumerated() { fresh[hash] = Array(embedded.vectors[row]) }
      let needed = Set(documents.flatMap(\.hashes))
      try await keep(fresh.filter { !needed.contains($0.key) }, in: collection)
      guard !documents.isEmpty else { return }
      let vectors = try await gathered(needed, fresh, in: collection)
      try await write(documents, vectors, into: collection)
      let waited = needed.subtracting(fresh.keys)
      for hash in waited { waiting[hash] = nil }
      try await client.delete(.points(waited.map(QdrantNames.waiting)), from: collection)
      try await countUp()
    }
  }

  /// Writes vectors whose documents come later as hidden points of their own.
  private func keep(_ vectors: [[UInt8]: [Float]], in collection: String) async throws {
    guard !vectors.isEmpty else { return }
    try await client.upsert(
      vectors.map { hash, vector in
        Point(
          QdrantNames.waiting(hash), PointVectors(dense: [Self.dense: vector]),
          payload: WaitingPayload(hash: Hexadecimal.encode(hash)))
      }, into: collection)
    for (hash, vector) in vectors where waiting.count * vector.count < Self.waitingFloats {
      waiting[hash] = vector
    }
  }

  /// The vectors of all of `needed`: just embedded, in memory, or on the server.
  private func gathered(
    _ needed: Set<[UInt8]>, _ fresh: [[UInt8]: [Float]], in collection: String
  ) async throws -> [[UInt8]: [Float]] {
    var vectors = fresh
    var missing: Set<[UInt8]> = []
    for hash in needed where vectors[hash] == nil {
      if let vector = waiting[hash] { vectors[hash] = vector } else { missing.insert(hash) }
    }
    vectors.merge(try await self.vectors(missing, in: collection)) { first, _ in first }
    let lost = needed.subtracting(vectors.keys)
    guard lost.isEmpty else { throw CorpusError.lostVectors(lost.count, in: self) }
    return vectors
  }

  /// Writes documents in the place of what there was: hidden, then findable, then named by the documents' points.
  private func write(
    _ documents: [IndexedDocument], _ vectors: [[UInt8]: [Float]], into collection: String
  ) async throws {
    let ids = documents.map { QdrantNames.document($0.source, in: $0.collection) }
    let previous = try await payloads(ids)
    let counts = documents.map { document in
      document.chunks.map { sparse.counts(header: $0.header, text: $0.text) }
    }
    let average = try await averageWords(counts.joined(), in: collection)
    var written: [PointID: DocumentPayload] = [:]
    var points: [Point<ChunkPayload>] = []
    for ((id, document), counts) in zip(zip(ids, documents), counts) {
      let payload = self.payload(of: document, after: previous[id])
      written[id] = payload
      guard let revision = payload.revision else { continue }
      // Points of the same revision are there, and hiding them again would hide the document.
      if let previous = previous[id], !previous.isRemoved, previous.revision == revision { continue }
      for (chunk, (hash, counts)) in zip(document.chunks, zip(document.hashes, counts)) {
        guard let vector = vectors[hash] else { continue }
        var named = PointVectors(dense: [Self.dense: vector])
        named.sparse[Self.bm25] = sparse.vector(counts, averageLength: average)
        points.append(
          Point(
            QdrantNames.chunk(chunk.ordinal, of: revision), named,
            payload: ChunkPayload(
              chunk, hash: hash, of: document, id: id, revision: revision, words: counts.length)))
      }
      try await writeText(document.document.text, of: revision)
    }
    try await client.upsert(points, into: collection)
    try await client.deletePayload(["staged"], of: .points(points.map(\.id)), in: collection)
    try await client.upsert(
      written.sorted { $0.key.description < $1.key.description }.map { Point($0.key, payload: $0.value) },
      into: names.documents)
    for (id, document) in zip(ids, documents) where previous[id]?.revision == written[id]?.revision {
      guard let previous = previous[id], previous.revision != nil else { continue }
      if previous.name != document.name || Set(previous.tags) != Set(document.tags) {
        try await relabel(
          document.source, in: document.collection, name: document.name, tags: document.tags)
      }
    }
    try await deleteObsolete(written)
  }

  private func payload(of document: IndexedDocument, after previous: DocumentPayload?) -> DocumentPayload {
    let revision = QdrantNames.revision(document)
    let now = Int(Date().timeIntervalSince1970)
    var obsolete = previous?.obsolete ?? []
    if let old = previous?.current { obsolete.append(old) }
    obsolete.removeAll { $0.revision == revision }
    return DocumentPayload(
      collection: document.collection, source: document.source, name: document.name,
      title: document.document.title, hash: document.hash.hexadecimal, recipe: document.recipe,
      size: document.size, modified: document.modified, status: StoredDocument.Status.ready.rawValue,
      notes: document.document.notes,
      missing: document.document.missing.isEmpty ? nil : document.document.missing,
      tags: Array(Set(document.tags)).sorted(), revision: revision, chunks: document.chunks.count,
      textParts: Self.parts(of: document.document.text).count,
      obsolete: obsolete.isEmpty ? nil : obsolete, addedAt: previous?.addedAt ?? now, updatedAt: now)
  }

  private func writeText(_ text: String, of revision: String) async throws {
    for (number, part) in Self.parts(of: text).enumerated() {
      try await client.upsert(
        [Point(QdrantNames.text(number, of: revision), payload: TextPayload(text: part))],
        into: names.documents)
    }
  }

  /// Pieces of bounded size that make the text when they are joined.
  static func parts(of text: String) -> [String] {
    guard text.utf8.count > TextPayload.size else { return [text] }
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var size = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if size + width > TextPayload.size {
        parts.append(String(part))
        part = String.UnicodeScalarView()
        size = 0
      }
      part.append(scalar)
      size += width
    }
    return parts + [String(part)]
  }

  /// The average length that weights of words are worked out with: that of the first chunks ever written. How far
  /// it has drifted is seen, and mended, by the doctor.
  private func averageWords(_ counts: some Sequence<SparseText.Counts>, in collection: String) async throws
    -> Double
  {
    if let average = try await meta(of: collection)?.averageWords { return average }
    let lengths = counts.map(\.length)
    guard !lengths.isEmpty else { return 1 }
    let average = Double(lengths.reduce(0, +)) / Double(lengths.count)
    try await client.setPayload(
      AverageWords(averageWords: average), of: .points([QdrantNames.meta]), in: collection)
    return average
  }
}

/// The member of `MetaPayload` that is set later.
struct AverageWords: Encodable {
  var averageWords: Double
}
