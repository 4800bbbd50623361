import Models

/// An index of vectors without a corpus, for measurements. Row i is chunk i.
package final class VectorIndex: Sendable {
  private let index: DenseIndex

  /// - Parameters:
  ///   - values: rows x `dimensions`, row-major.
  ///   - group: rows that one document has, for filters.
  ///   - instructionSet: `portable`, `avx2` or `avx512`; the best that there is, if not given.
  package init(
    _ values: UnsafeBufferPointer<Float>, dimensions: Int, group: Int = 1, instructionSet: String? = nil,
    threads: Int? = nil
  ) {
    let count = values.count / dimensions
    let set = VectorKernels.InstructionSet.allCases.first { "\($0)" == instructionSet }
    let row = { (row: Int) in
      UnsafeRawBufferPointer(
        UnsafeBufferPointer(rebasing: values[row * dimensions..<(row + 1) * dimensions]))
    }
    let sample = (0..<min(count, 1024)).map { Array(row($0 * count / 1024).bindMemory(to: Float.self)) }
    let builder = IndexBuilder(
      dimensions: dimensions, capacity: count, sample: sample,
      options: DenseIndex.Options(kernels: VectorKernels(set)), pool: ScanPool(width: threads))
    let part = IndexBuilder.Part(of: builder)
    for index in 0..<count {
      part.append(chunk: index, document: index / group, embedding: index, vector: row(index))
    }
    index = builder.index(of: [part], at: CorpusPosition(generation: 0, change: 0), missing: []) { _ in [:] }
  }

  /// Rows of the nearest vectors of each question, best first.
  package func nearest(to queries: EmbeddingMatrix, limit: Int, filter: Filter? = nil) async throws -> [[Int]]
  {
    try await index.nearest(to: queries, limit: limit, rows: filter?.rows).map { $0.map(\.chunk) }
  }

  /// The rows of some documents.
  package struct Filter: Sendable {
    fileprivate var rows: RowSet
    package var count: Int { rows.count }
  }

  package func filter(_ documents: Set<Int>) -> Filter { Filter(rows: index.rows(of: documents)) }

  /// The index with rows added, which share their memory with it. To be called once on an index.
  package func adding(_ vectors: EmbeddingMatrix) -> VectorIndex {
    let added = (0..<vectors.count).map { row in
      AddedVector(
        chunk: index.count + row, document: index.count + row, embedding: index.count + row,
        vector: Array(vectors[row]))
    }
    return VectorIndex(index.changed(to: index.position, removed: [], added: added))
  }

  private init(_ index: DenseIndex) { self.index = index }
}
