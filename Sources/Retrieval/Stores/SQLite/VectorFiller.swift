import Dispatch
import SQLite

/// Reads the vectors of an index that was opened from its codes, while it is searched.
struct VectorFiller: Sendable {
  let corpus: Corpus
  let index: DenseIndex

  /// Rows whose codes the file had; those that came later have their vectors.
  private var count: Int { index.codes?.basis ?? 0 }

  /// Rows of the table `embeddings` between two looks at whether to go on.
  private static let step = 65_536

  /// Fills the index's memory for vectors; it is searched there when all are read. Cancelling ends it soon.
  func fill() async throws {
    guard index.residency.isPlanned, !index.residency.isComplete else { return }
    var row = 0
    while row < count {
      try Task.checkCancellation()
      let start = row
      row = try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .utility).async {
          continuation.resume(with: Result { try fill(from: start) })
        }
      }
    }
    // Another file has other vectors; the one that is open still answers.
    if !corpus.isReplaced { index.residency.markComplete() }
  }

  /// Reads the vectors of some rows, which are in the order of the table.
  ///
  /// - Returns: the next row to be filled.
  private func fill(from start: Int) throws -> Int {
    let connection = try Connection.mapped(corpus.path)
    let end = min(start + Self.step, count)
    let size = index.dimensions * MemoryLayout<Float>.stride
    var row = start
    try connection.forEach(
      "SELECT id, vector FROM embeddings NOT INDEXED WHERE id BETWEEN ? AND ?",
      [Value(embedding(of: start)), Value(embedding(of: end - 1))]
    ) { result in
      let id = result.integer(0)
      // What is gone from the file belongs to rows that are removed from the index with its next generation.
      while row < end, embedding(of: row) < id { row += 1 }
      // Chunks of the same text follow one another.
      while row < end, embedding(of: row) == id {
        result.withBlob(1) { vector in
          let (segment, offset) = row.quotientAndRemainder(dividingBy: VectorSegment.capacity)
          guard vector.count == size, let vectors = index.segments[segment].vectors else { return }
          UnsafeMutableRawBufferPointer(start: vectors + offset * index.dimensions, count: size)
            .copyMemory(from: vector)
        }
        row += 1
      }
    }
    return end
  }

  private func embedding(of row: Int) -> Int {
    let (segment, offset) = row.quotientAndRemainder(dividingBy: VectorSegment.capacity)
    return Int(index.segments[segment].embeddings[offset])
  }
}
