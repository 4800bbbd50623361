import Cryptography
import Models
import Qdrant

/// How far a change of the embedding model is.
struct Reembedding: Sendable {
  /// Where the next page of chunks begins; nil at the start.
  var offset: PointID?
  /// Whether every page has been given.
  var isThrough = false
  /// Chunks whose texts are being embedded, by the texts' hashes.
  var waiting: [String: [(id: PointID, payload: ChunkPayload)]] = [:]
}

extension QdrantCorpus {
  public var previousFingerprint: EmbeddingFingerprint? {
    get async throws {
      try await reported {
        try await meta()?.previous.map { try EmbeddingFingerprint(stored: $0) }
      }
    }
  }

  public func prepare(_ fingerprint: EmbeddingFingerprint) async throws -> CorpusModel {
    try await reported {
      let meta = try await meta()
      try await createChunks(fingerprint, averageWords: meta?.averageWords)
      if let meta { try await note(next: try fingerprint.stored, beside: meta) }
      reembedding = Reembedding()
      return CorpusModel(id: 0, fingerprint: fingerprint)
    }
  }

  public var nextModel: CorpusModel? {
    get async throws {
      try await reported {
        try await meta()?.next.map {
          CorpusModel(id: 0, fingerprint: try EmbeddingFingerprint(stored: $0))
        }
      }
    }
  }

  /// Notes in the collection in use that a change to the model `next` has begun, or that none has if it is that in use.
  private func note(next: String, beside meta: MetaPayload) async throws {
    struct Next: Encodable {
      var next: String
    }
    if next != meta.fingerprint {
      try await client.setPayload(Next(next: next), of: .points([QdrantNames.meta]), in: names.corpus)
    } else if meta.next != nil {
      try await client.deletePayload(["next"], of: .points([QdrantNames.meta]), in: names.corpus)
    }
  }

  public func textsWithoutVector(of model: CorpusModel) async throws -> Int {
    try await reported {
      guard let (source, target) = try await move(to: model) else { return 0 }
      var missing: Set<String> = []
      try await client.forEachPage(
        of: source, Self.findable, payload: .include(["hash"]), as: HashPayload.self
      ) { page in
        let there = try await present(page.map(\.id), in: target)
        missing.formUnion(page.filter { !there.contains($0.id) }.compactMap(\.payload?.hash))
      }
      return missing.count
    }
  }

  public func textsToEmbed(with model: CorpusModel, limit: Int) async throws -> [UnembeddedText] {
    try await reported {
      guard let (source, target) = try await move(to: model), !reembedding.isThrough else {
        reembedding = Reembedding()
        return []
      }
      while !reembedding.isThrough {
        let page = try await client.scroll(
          source, Self.findable, from: reembedding.offset, limit: limit, as: ChunkPayload.self)
        let there = try await present(page.points.map(\.id), in: target)
        var chunks: [String: [(id: PointID, payload: ChunkPayload)]] = [:]
        for record in page.points where !there.contains(record.id) {
          if let payload = record.payload { chunks[payload.hash, default: []].append((record.id, payload)) }
        }
        let known = try await vectors(Set(chunks.keys.map(Hexadecimal.bytes)), in: target)
        try await copy(chunks, known, into: target)
        for hash in known.keys { chunks[Hexadecimal.encode(hash)] = nil }
        reembedding.offset = page.nextPageOffset
        reembedding.isThrough = page.nextPageOffset == nil
        reembedding.waiting = chunks
        if !chunks.isEmpty { break }
      }
      if reembedding.waiting.isEmpty { reembedding = Reembedding() }
      return reembedding.waiting.sorted { $0.key < $1.key }.compactMap { hash, chunks in
        chunks.first.map { UnembeddedText(hash: Hexadecimal.bytes(hash), text: $0.payload.embeddedText) }
      }
    }
  }

  public func addEmbeddings(_ embedded: EmbeddedTexts, model: CorpusModel) async throws {
    try await reported {
      var vectors: [[UInt8]: [Float]] = [:]
      for (row, hash) in embedded.hashes.enumerated() { vectors[hash] = Array(embedded.vectors[row]) }
      try await copy(reembedding.waiting, vectors, into: try names.chunks(model.fingerprint))
      reembedding.waiting = [:]
    }
  }

  public func switchModel(to model: CorpusModel) async throws {
    guard try await textsWithoutVector(of: model) == 0 else { throw CorpusError.changedMeanwhile(self) }
    try await reported {
      guard let (source, target) = try await move(to: model) else { return }
      try await deleteStrangers(of: source, in: target)
      struct Previous: Encodable {
        var previous: String
      }
      if let meta = try await meta() {
        try await client.setPayload(
          Previous(previous: meta.fingerprint), of: .points([QdrantNames.meta]), in: target)
      }
      try await client.setAlias(names.corpus, to: target)
      try await client.deletePayload(["next"], of: .points([QdrantNames.meta]), in: source)
      waiting = [:]
      try await countUp()
    }
  }

  /// The collections of chunks in use and to be; nil if they are the same, or there are no chunks at all.
  private func move(to model: CorpusModel) async throws -> (source: String, target: String)? {
    let target = try names.chunks(model.fingerprint)
    guard let source = try await client.collection(ofAlias: names.corpus) else {
      try await client.setAlias(names.corpus, to: target)
      return nil
    }
    return source == target ? nil : (source, target)
  }

  static let findable = Filter(mustNot: [.flag("staged", true)])

  /// Which of `ids` are points of `collection` that can be found: what a run that was killed has left hidden has to be
  /// written again.
  private func present(_ ids: [PointID], in collection: String) async throws -> Set<PointID> {
    Set(
      try await client.retrieve(ids, from: collection, payload: .include(["staged"]), as: Staging.self)
        .filter { $0.payload?.staged != true }.map(\.id))
  }

  private struct Staging: Decodable, Sendable {
    var staged: Bool?
  }

  /// Writes chunks with vectors of their texts into another collection, in which nobody looks yet.
  private func copy(
    _ chunks: [String: [(id: PointID, payload: ChunkPayload)]], _ vectors: [[UInt8]: [Float]],
    into collection: String
  ) async throws {
    let average = try await meta(of: collection)?.averageWords ?? 1
    var points: [Point<ChunkPayload>] = []
    for (hash, vector) in vectors {
      for (id, payload) in chunks[Hexadecimal.encode(hash)] ?? [] {
        var named = PointVectors(dense: [Self.dense: vector])
        named.sparse[Self.bm25] = sparse.vector(
          sparse.counts(header: payload.header, text: payload.text), averageLength: average)
        points.append(Point(id, named, payload: payload))
      }
    }
    try await client.upsert(points, into: collection)
  }

  /// Deletes the chunks that have left `source` since they were copied.
  private func deleteStrangers(of source: String, in target: String) async throws {
    var strangers: [PointID] = []
    try await client.forEachPage(
      of: target, Self.findable, payload: .none, as: NoPayload.self
    ) { page in
      let there = try await present(page.map(\.id), in: source)
      strangers += page.map(\.id).filter { !there.contains($0) }
    }
    try await client.delete(.points(strangers), from: target)
  }
}
