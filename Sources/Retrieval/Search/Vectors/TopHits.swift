/// A row that a search found.
struct DenseHit: Equatable, Sendable {
  var chunk: Int
  /// Cosine, -1 to 1.
  var score: Float
  /// Row of the table `embeddings`.
  var embedding: Int

  /// Lower score, or the same and a later chunk.
  func isWorse(than other: DenseHit) -> Bool {
    score == other.score ? chunk > other.chunk : score < other.score
  }
}

/// The best hits seen so far: a heap with the worst on top.
struct TopHits: Sendable {
  let limit: Int
  private var heap: [DenseHit] = []

  init(limit: Int) { self.limit = limit }

  /// Score that another hit must reach to be among the best; minus infinity until there are enough.
  var threshold: Float { heap.count < limit ? -.infinity : heap[0].score }

  mutating func insert(_ hit: DenseHit) {
    // Of what is no number nothing can be said.
    guard hit.score == hit.score else { return }
    if heap.count < limit {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0, heap[child].isWorse(than: heap[(child - 1) / 2]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
      return
    }
    guard heap[0].isWorse(than: hit) else { return }
    heap[0] = hit
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isWorse(than: heap[worst]) {
        worst = child
      }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }

  mutating func merge(_ other: TopHits) {
    for hit in other.heap { insert(hit) }
  }

  /// Best first, equal scores in order of their chunks.
  func sorted() -> [DenseHit] { heap.sorted { $1.isWorse(than: $0) } }
}
