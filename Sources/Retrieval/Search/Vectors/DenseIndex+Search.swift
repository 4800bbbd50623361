internal import CVectorKernels
import Models

extension DenseIndex {
  /// The best `limit` rows for a unit vector, best first, equal scores in order of their chunks.
  ///
  /// - Parameter rows: those that count; nil for all.
  func nearest(to query: ArraySlice<Float>, limit: Int, rows: RowSet? = nil) async throws -> [DenseHit] {
    guard query.count == dimensions else { return [] }
    return try await nearest(
      to: EmbeddingMatrix(dimensions: dimensions, values: Array(query)), limit: limit, rows: rows
    )
    .first ?? []
  }

  /// The best rows for each of several unit vectors, which share the reading of the codes.
  func nearest(to queries: EmbeddingMatrix, limit: Int, rows: RowSet? = nil) async throws -> [[DenseHit]] {
    guard queries.dimensions == dimensions, count > 0, limit > 0, rows?.count != 0 else {
      return Array(repeating: [], count: queries.count)
    }
    let questions = queries.values.withUnsafeBufferPointer {
      PreparedQuestions($0, dimensions: dimensions, space: codes?.space, confidence: options.confidence)
    }
    let search = DenseSearch(self, questions, limit: min(limit, count), rows: rows)
    if search.bytes <= options.inlineBytes {
      search.work()
      if search.isStaged { search.score() }
    } else {
      await pool.run(copies: search.pieceCount) { search.work() }
      if search.isStaged { await pool.run(copies: search.pieceCount) { search.score() } }
    }
    let results = search.results()
    return search.isExact ? results : try await rescored(results, questions, limit: limit)
  }

  /// Scores candidates with their vectors from disk.
  private func rescored(_ candidates: [[DenseHit]], _ questions: PreparedQuestions, limit: Int) async throws
    -> [[DenseHit]]
  {
    let vectors = try await reader(Set(candidates.joined().map(\.embedding)).sorted())
    return candidates.enumerated().map { index, candidates in
      var best = TopHits(limit: limit)
      for var hit in candidates {
        guard let vector = vectors[hit.embedding], vector.count == dimensions else { continue }
        hit.score = product(vector, questions.values(index))
        best.insert(hit)
      }
      return best.sorted()
    }
  }

  /// Cosines of `query` and the vectors of `chunks`; nil for a chunk that the index does not hold.
  func scores(of chunks: [Int], for query: ArraySlice<Float>) async throws -> [Float?] {
    guard query.count == dimensions, !chunks.isEmpty else { return chunks.map { _ in nil } }
    let query = Array(query)
    let rows = rows(ofChunks: chunks)
    let places = rows.map { $0?.quotientAndRemainder(dividingBy: VectorSegment.capacity) }
    guard !residency.isComplete else {
      return places.map { place in
        guard let place, let vectors = segments[place.quotient].vectors else { return nil }
        return product(query, vectors + place.remainder * dimensions)
      }
    }
    let embeddings = places.map { place in
      place.map { Int(segments[$0.quotient].embeddings[$0.remainder]) }
    }
    let vectors = try await reader(Set(embeddings.compactMap { $0 }).sorted())
    return embeddings.map { embedding in
      guard let vector = embedding.flatMap({ vectors[$0] }), vector.count == dimensions else { return nil }
      return product(vector, query)
    }
  }

  private func product(_ left: [Float], _ right: UnsafePointer<Float>) -> Float {
    var product: Float = 0
    vk_products(options.kernels.table, left, dimensions, right, nil, 1, &product)
    return product
  }
}
