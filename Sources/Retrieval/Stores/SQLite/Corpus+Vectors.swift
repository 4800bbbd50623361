import Models
import SQLite

extension Corpus {
  /// Changes of chunks that are remembered for indexes to follow; one that is further behind is loaded anew.
  private static let rememberedChanges = 200_000

  /// The vectors of the corpus's model as of now.
  ///
  /// - Parameter index: the vectors of an earlier time, to which only what has changed is added if that is less.
  func denseIndex(
    after index: DenseIndex? = nil, options: DenseIndex.Options = DenseIndex.Options(),
    pool: ScanPool = ScanPool()
  ) throws -> DenseIndex {
    try read {
      let model = try model(named: "model")
      let position = CorpusPosition(
        generation: try setting("generation").flatMap { Int($0) } ?? 0, model: model?.id,
        change: try lastChange)
      if let model {
        if let index, let changed = try changed(index, to: position, model: model) { return changed }
        if let saved = try savedIndex(of: model, options: options, pool: pool),
          let changed = try changed(saved, to: position, model: model)
        {
          return changed
        }
      }
      return try loaded(position, model, options: options, pool: pool)
    }
  }

  /// Forgets changes that lie too far back. To be called in the transaction of a change.
  func forgetOldChanges() throws {
    try connection.run(
      "DELETE FROM chunk_changes WHERE id <= (SELECT seq FROM sqlite_sequence WHERE name = 'chunk_changes') - ?",
      Value(Self.rememberedChanges))
  }

  /// All vectors, read in the order of the file.
  private func loaded(
    _ position: CorpusPosition, _ model: CorpusModel?, options: DenseIndex.Options, pool: ScanPool
  ) throws -> DenseIndex {
    let dimensions = model?.fingerprint.dimensions ?? 1
    let chunks = try chunkVectors()
    let builder = IndexBuilder(
      dimensions: dimensions, capacity: chunks.chunks.count,
      sample: try model.map { try sample(chunks.chunks.count, of: $0.id) } ?? [], options: options, pool: pool
    )
    let parts = try model.map { try read($0, chunks, into: builder) } ?? []
    var missing: Set<Int> = []
    if parts.reduce(0, { $0 + $1.count }) < chunks.chunks.count {
      missing = Set(chunks.chunks.map(\.id)).subtracting(parts.flatMap(\.chunks))
    }
    return builder.index(of: parts, at: position, missing: missing) { [self] in try await vectors($0) }
  }

  /// Reads the vectors that `chunks` need, those of a large corpus with two threads, each half of the file.
  private func read(_ model: CorpusModel, _ chunks: ChunkVectors, into builder: IndexBuilder) throws
    -> [IndexBuilder.Part]
  {
    let reading = VectorReading(model: model.id, dimensions: builder.dimensions, chunks: chunks)
    let ids = try embeddingRange
    guard chunks.chunks.count >= 4 * VectorSegment.capacity else {
      return [try reading.part(ids, of: builder, on: connection)]
    }
    let middle = (ids.lowerBound + ids.upperBound) / 2
    return try reading.parts(
      [ids.lowerBound...middle, middle + 1...max(ids.upperBound, middle + 1)], of: builder, path: path)
  }

  /// Last row of the table `chunk_changes` that was ever written.
  var lastChange: Int {
    get throws {
      try connection.first("SELECT seq FROM sqlite_sequence WHERE name = 'chunk_changes'") { $0.integer(0) }
        ?? 0
    }
  }

  var chunkCount: Int {
    get throws {
      try connection.first("SELECT count(*) FROM chunks INDEXED BY chunks_by_vector") { $0.integer(0) } ?? 0
    }
  }

  /// Which chunk needs which vector.
  func chunkVectors() throws -> ChunkVectors {
    var chunks = ChunkVectors(capacity: try chunkCount)
    try connection.forEach("SELECT id, document_id, hash FROM chunks INDEXED BY chunks_by_vector") { row in
      row.withBlob(2) { chunks.insert(id: row.integer(0), document: row.integer(1), hash: $0) }
    }
    return chunks
  }

  /// Rows of the table `embeddings`.
  var embeddingRange: ClosedRange<Int> {
    get throws {
      let first = try connection.first("SELECT min(id) FROM embeddings") { $0.integer(0) } ?? 0
      let last = try connection.first("SELECT max(id) FROM embeddings") { $0.integer(0) } ?? 0
      return first...max(first, last)
    }
  }

  /// Vectors from all over the corpus, each once; all of a corpus that has no more than are asked for.
  func sample(_ count: Int, of model: Int) throws -> [[Float]] {
    let (first, last) = (try embeddingRange.lowerBound, try embeddingRange.upperBound)
    let size = max(1, min(count, 1024, last - first + 1))
    var next = first
    return try (0..<size).compactMap { index in
      // Where rows are missing, several places lead to the same one.
      next = max(next, first + (last - first + 1) * index / size)
      return try connection.first(
        "SELECT id, vector FROM embeddings NOT INDEXED WHERE id >= ? AND model_id = ? ORDER BY id LIMIT 1",
        Value(next), Value(model)
      ) { row in
        next = row.integer(0) + 1
        return row.floats(1)
      }
    }
  }

  /// Vectors from all over the corpus, at most `count`.
  func sampledVectors(_ count: Int) throws -> EmbeddingMatrix {
    guard let model = try model else { return EmbeddingMatrix(dimensions: 1) }
    let size = model.fingerprint.dimensions
    let vectors = try reported { try sample(count, of: model.id) }.filter { $0.count == size }
    return EmbeddingMatrix(dimensions: size, values: vectors.flatMap(\.self))
  }

  /// `index` with what has changed since; nil if it has to be loaded anew.
  private func changed(_ index: DenseIndex, to position: CorpusPosition, model: CorpusModel) throws
    -> DenseIndex?
  {
    guard index.position.model == position.model, index.dimensions == model.fingerprint.dimensions,
      index.position.change <= position.change
    else { return nil }
    let first = try connection.first("SELECT min(id) FROM chunk_changes") { $0.integer(0) } ?? 0
    // Behind what is remembered, or with more to change than to load.
    guard position.change == index.position.change || (first > 0 && first <= index.position.change + 1),
      position.change - index.position.change <= max(1000, index.liveCount / 2)
    else { return nil }
    var removed: Set<Int> = []
    var added: [Int: (document: Int, hash: [UInt8])] = [:]
    try connection.forEach(
      "SELECT chunk_id, document_id, hash FROM chunk_changes WHERE id > ? ORDER BY id",
      [Value(index.position.change)]
    ) { row in
      let chunk = row.integer(0)
      if row.isNull(2) {
        added[chunk] = nil
        removed.insert(chunk)
      } else {
        added[chunk] = (row.integer(1), row.blob(2))
      }
    }
    let missing = index.missing.subtracting(removed)
    for chunk in missing where added[chunk] == nil {
      added[chunk] = try connection.first(
        "SELECT document_id, hash FROM chunks WHERE id = ?", Value(chunk)
      ) { ($0.integer(0), $0.blob(1)) }
    }
    var vectors: [AddedVector] = []
    for (chunk, entry) in added.sorted(by: { $0.key < $1.key }) {
      let vector = try connection.first(
        "SELECT id, vector FROM embeddings WHERE model_id = ? AND hash = ?", Value(model.id),
        .blob(entry.hash)
      ) {
        AddedVector(
          chunk: chunk, document: entry.document, embedding: $0.integer(0), vector: $0.floats(1))
      }
      if let vector, vector.vector.count == index.dimensions { vectors.append(vector) }
    }
    // Rows that are gone still cost time and memory.
    guard index.count - index.liveCount + removed.count <= max(1000, index.count / 3) else { return nil }
    let stillMissing = Set(added.keys).subtracting(vectors.map(\.chunk))
    return index.changed(to: position, removed: removed, added: vectors, missing: stillMissing)
  }

  /// Vectors by their rows in the table `embeddings`; what has been pruned meanwhile is left out.
  func vectors(_ embeddings: [Int]) throws -> [Int: [Float]] {
    try read {
      var vectors: [Int: [Float]] = [:]
      for embedding in embeddings {
        vectors[embedding] = try connection.first(
          "SELECT vector FROM embeddings WHERE id = ?", Value(embedding)
        ) { $0.floats(0) }
      }
      return vectors
    }
  }
}

extension Row {
  /// The column's bytes as floats.
  func floats(_ column: Int) -> [Float] {
    withBlob(column) { bytes in
      [Float](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Float>.stride) { values, count in
        count = values.count
        UnsafeMutableRawBufferPointer(values).copyBytes(
          from: bytes.prefix(count * MemoryLayout<Float>.stride))
      }
    }
  }
}
