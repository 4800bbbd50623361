internal import COpenBLAS

/// The vectors of one generation of a corpus: an aligned matrix of unit vectors in order of their chunks.
final class DenseIndex: Sendable {
  struct Hit: Equatable {
    /// Row in the matrix.
    var row: Int
    /// Cosine, -1 to 1.
    var score: Float
  }

  let generation: Int
  let dimensions: Int
  /// Chunk of each row, rising.
  let chunks: [Int]
  /// Document of each row.
  let documents: [Int]
  /// `chunks.count` x `dimensions`, row-major. Never written after init, freed in deinit.
  private nonisolated(unsafe) let matrix: UnsafeMutablePointer<Float>

  /// Takes rows from `fill`, which gets the matrix's memory and returns chunk and document of each row written.
  init(
    generation: Int, dimensions: Int, capacity: Int,
    fill: (UnsafeMutableBufferPointer<Float>) throws -> [(chunk: Int, document: Int)]
  ) rethrows {
    let values = max(1, capacity * dimensions)
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: values * MemoryLayout<Float>.stride, alignment: 64)
    let matrix = memory.bindMemory(to: Float.self, capacity: values)
    let rows: [(chunk: Int, document: Int)]
    do {
      rows = try fill(UnsafeMutableBufferPointer(start: matrix, count: capacity * dimensions))
    } catch {
      memory.deallocate()
      throw error
    }
    self.generation = generation
    self.dimensions = dimensions
    self.matrix = matrix
    chunks = rows.map(\.chunk)
    documents = rows.map(\.document)
    // One query is one row: threads would only wait for each other.
    openblas_set_num_threads(1)
  }

  deinit { UnsafeMutableRawPointer(matrix).deallocate() }

  /// Rows in the matrix.
  var count: Int { chunks.count }

  /// The best `limit` rows for a unit vector, best first, equal scores in order of the rows. With `allowed` only
  /// rows of these documents count.
  func nearest(to query: ArraySlice<Float>, limit: Int, allowed: Set<Int>? = nil) -> [Hit] {
    guard count > 0, limit > 0, query.count == dimensions else { return [] }
    var best = TopHits(limit: limit)
    for (row, score) in scores(of: query).enumerated() {
      guard best.admits(score) else { continue }
      if let allowed, !allowed.contains(documents[row]) { continue }
      best.insert(Hit(row: row, score: score))
    }
    return best.sorted()
  }

  /// Cosine of `query` and the vector of `chunk`; nil if the index does not hold it.
  func score(of chunk: Int, for query: ArraySlice<Float>) -> Float? {
    guard query.count == dimensions, let row = row(of: chunk) else { return nil }
    return query.withUnsafeBufferPointer {
      cblas_sdot(blasint(dimensions), matrix + row * dimensions, 1, $0.baseAddress, 1)
    }
  }

  private func scores(of query: ArraySlice<Float>) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { scores, initialized in
      query.withUnsafeBufferPointer { query in
        cblas_sgemv(
          CblasRowMajor, CblasNoTrans, blasint(count), blasint(dimensions), 1, matrix, blasint(dimensions),
          query.baseAddress, 1, 0, scores.baseAddress, 1)
      }
      initialized = count
    }
  }

  private func row(of chunk: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle] < chunk { low = middle + 1 } else { high = middle }
    }
    return low < count && chunks[low] == chunk ? low : nil
  }
}

/// The best hits seen so far: a heap with the worst on top.
private struct TopHits {
  private let limit: Int
  private var heap: [DenseIndex.Hit] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(limit)
  }

  func admits(_ score: Float) -> Bool { heap.count < limit || score > heap[0].score }

  mutating func insert(_ hit: DenseIndex.Hit) {
    if heap.count < limit {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0, isWorse(heap[child], heap[(child - 1) / 2]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
      return
    }
    heap[0] = hit
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && isWorse(heap[child], heap[worst]) {
        worst = child
      }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }

  func sorted() -> [DenseIndex.Hit] { heap.sorted { isWorse($1, $0) } }

  private func isWorse(_ left: DenseIndex.Hit, _ right: DenseIndex.Hit) -> Bool {
    left.score == right.score ? left.row > right.row : left.score < right.score
  }
}
