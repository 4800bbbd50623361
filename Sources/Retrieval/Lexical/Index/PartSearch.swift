/// Finds the best chunks of one part of an index.
///
/// MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995) over windows of chunks, with
/// the bounds of the blocks in the window (Mallia et al., "Faster BlockMax WAND with variable-sized blocks", 2017,
/// for the idea of bounds by block). In each window, terms that cannot bring a chunk among the best on their own
/// are looked up only for chunks that the other terms bring near enough.
struct PartSearch {
  /// Chunks of a window: their scores fit into the first-level cache.
  private static let window = 2048

  private let part: LexicalIndex.Part
  private let allowed: [UInt64]?
  /// Bound of each term in the window; terms in order of it; sums over them.
  private var bounds: [Float]
  private var order: [Int]
  private var sums: [Double]

  init(_ part: LexicalIndex.Part, allowed: [UInt64]?) {
    self.part = part
    self.allowed = allowed
    bounds = []
    order = []
    sums = []
  }

  mutating func run(_ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ best: inout BestChunks) {
    let count = part.segment.count
    bounds = Array(repeating: 0, count: cursors.count)
    order = Array(cursors.indices)
    sums = Array(repeating: 0, count: cursors.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.window) { scores in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.window / 64) { touched in
        scores.initialize(repeating: 0)
        touched.initialize(repeating: 0)
        var start = 0
        while start < count {
          let end = min(start &+ Self.window, count)
          let first = firstEssential(cursors, start, end, best.threshold)
          if first == cursors.count &- 1 {
            scoreOne(cursors, start, end, &best)
          } else if first < cursors.count {
            accumulate(cursors, first, start, end, scores, touched)
            collect(cursors, first, start, scores, touched, &best)
          }
          start = end
        }
      }
    }
  }

  /// Orders the terms by what they may add in the window and gives the first that is needed: all before it
  /// together stay below the threshold. The number of terms if the window holds nothing good enough.
  private mutating func firstEssential(
    _ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ start: Int, _ end: Int, _ threshold: Double
  ) -> Int {
    for cursor in cursors.indices { bounds[cursor] = cursors[cursor].bound(start, end) }
    // Almost sorted from the window before.
    for place in 1..<max(1, order.count) {
      let term = order[place]
      var free = place
      while free > 0, bounds[order[free &- 1]] > bounds[term] {
        order[free] = order[free &- 1]
        free &-= 1
      }
      order[free] = term
    }
    var sum = 0.0
    var first = 0
    for place in order.indices {
      sum += Double(bounds[order[place]])
      sums[place] = sum
      if sum < threshold || sum <= 0 { first = place &+ 1 }
    }
    return first
  }

  @inline(__always)
  private func isOut(_ chunk: Int) -> Bool {
    if let allowed, allowed[chunk >> 6] & (1 &<< UInt64(chunk & 63)) == 0 { return true }
    return part.deletions.count > 0 && part.deletions.contains(chunk)
  }

  /// Adds what the terms that are not needed add to `score`, if that can reach the threshold, and keeps the chunk.
  @inline(__always)
  private func complete(
    _ chunk: Int, _ partial: Double, _ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ first: Int,
    _ best: inout BestChunks
  ) {
    var score = partial
    var place = first &- 1
    while place >= 0 {
      if score + sums[place] < best.threshold { return }
      score += Double(cursors[order[place]].score(of: chunk))
      place &-= 1
    }
    if score >= best.threshold { best.insert(LexicalHit(chunk: part.segment.row(chunk), score: score)) }
  }

  /// A window in which one term is needed.
  private mutating func scoreOne(
    _ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ start: Int, _ end: Int, _ best: inout BestChunks
  ) {
    let first = cursors.count &- 1
    let others = first > 0 ? sums[first &- 1] : 0
    cursors[order[first]].forEachRun(start, end) { chunks, scores, range in
      for index in range {
        let score = Double(scores[index])
        if score + others < best.threshold { continue }
        let chunk = Int(chunks[index])
        if isOut(chunk) { continue }
        complete(chunk, score, cursors, first, &best)
      }
    }
  }

  /// Adds up what the needed terms add to the chunks of the window.
  private func accumulate(
    _ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ first: Int, _ start: Int, _ end: Int,
    _ scores: UnsafeMutableBufferPointer<Double>, _ touched: UnsafeMutableBufferPointer<UInt64>
  ) {
    guard let scores = scores.baseAddress, let touched = touched.baseAddress else { return }
    for place in first..<order.count {
      cursors[order[place]].forEachRun(start, end) { chunks, parts, range in
        for index in range {
          let chunk = Int(chunks[index]) &- start
          scores[chunk] += Double(parts[index])
          touched[chunk >> 6] |= 1 &<< UInt64(truncatingIfNeeded: chunk & 63)
        }
      }
    }
  }

  /// Takes the good chunks of the window and clears it.
  private func collect(
    _ cursors: UnsafeMutableBufferPointer<PostingCursor>, _ first: Int, _ start: Int,
    _ scores: UnsafeMutableBufferPointer<Double>, _ touched: UnsafeMutableBufferPointer<UInt64>,
    _ best: inout BestChunks
  ) {
    let others = first > 0 ? sums[first &- 1] : 0
    for word in touched.indices where touched[word] != 0 {
      var rest = touched[word]
      touched[word] = 0
      while rest != 0 {
        let place = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let score = scores[place]
        scores[place] = 0
        if score + others < best.threshold { continue }
        let chunk = start &+ place
        if isOut(chunk) { continue }
        complete(chunk, score, cursors, first, &best)
      }
    }
  }
}
