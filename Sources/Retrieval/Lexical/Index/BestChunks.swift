/// The best hits of a search so far: a heap with the worst on top. Equal scores go to the lower row.
struct BestChunks {
  private let limit: Int
  private var heap: [LexicalHit] = []
  /// What a chunk has to reach; at this score its row decides.
  private(set) var threshold = -Double.infinity

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1024))
  }

  mutating func insert(_ hit: LexicalHit) {
    if heap.count < limit {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0, heap[child].isWorse(than: heap[(child - 1) / 2]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
      if heap.count == limit { threshold = heap[0].score }
      return
    }
    guard heap[0].isWorse(than: hit) else { return }
    heap[0] = hit
    var parent = 0
    while true {
      var worst = parent
      for child in 2 * parent + 1..<min(2 * parent + 3, max(heap.count, 2 * parent + 1))
      where heap[child].isWorse(than: heap[worst]) {
        worst = child
      }
      if worst == parent { break }
      heap.swapAt(parent, worst)
      parent = worst
    }
    threshold = heap[0].score
  }

  var sorted: [LexicalHit] { heap.sorted { $1.isWorse(than: $0) } }
}

/// A chunk that holds words of a question.
public struct LexicalHit: Sendable, Equatable {
  /// Row of the chunk.
  public var chunk: Int
  /// BM25, above 0; higher is better.
  public var score: Double

  public init(chunk: Int, score: Double) {
    self.chunk = chunk
    self.score = score
  }

  @inline(__always)
  func isWorse(than other: LexicalHit) -> Bool {
    score == other.score ? chunk > other.chunk : score < other.score
  }
}
