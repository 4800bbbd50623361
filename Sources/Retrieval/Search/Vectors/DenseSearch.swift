internal import CVectorKernels
import Synchronization

/// One search of an index for one or more questions, cut into pieces that any number of threads take in turn.
///
/// Each piece is scanned for up to eight questions at once. Its rows with the highest bounds are scored first;
/// then all others whose bounds reach the score of the worst hit so far, so no row is left out that the bounds
/// do not rule out, and few are looked at. For a single question that is done when all pieces have been scanned, as
/// the worst hit is a good one by then. For more it is done at once: their bounds would not stay in the cache.
final class DenseSearch: Sendable {
  private struct Piece {
    var segment: Int
    var blocks: Range<Int>
    /// Rows from the first block on; the last block may not be full.
    var rows: Int
    var questions: Range<Int>
  }

  private let index: DenseIndex
  private let questions: PreparedQuestions
  private let limit: Int
  private let rows: RowSet?
  /// Whether scores are exact: the vectors were in memory when the search began.
  let isExact: Bool
  private let pieces: [Piece]
  /// Bounds of all rows for the only question, where scoring waits for them.
  private let bounds: ScanScratch.Bounds?
  private let next = Atomic<Int>(0)
  private let nextScored = Atomic<Int>(0)
  private let best: Mutex<[Best]>

  /// What is known of one question's answer.
  private struct Best {
    /// Exact scores; where the vectors are on disk, scores that the rows have at least.
    var hits: TopHits
    /// Where the vectors are on disk: rows that may be among the best, with scores they have at most.
    var candidates: [DenseHit] = []

    mutating func merge(_ other: Best) {
      hits.merge(other.hits)
      candidates += other.candidates
    }
  }

  /// - Parameter rows: those that count; nil for all that can be found.
  init(_ index: DenseIndex, _ questions: PreparedQuestions, limit: Int, rows: RowSet?) {
    self.index = index
    self.questions = questions
    self.limit = limit
    self.rows = rows ?? index.live
    isExact = index.residency.isComplete
    best = Mutex(Array(repeating: Best(hits: TopHits(limit: limit)), count: questions.count))
    // Enough pieces for the threads to end together, none so small that its overhead shows.
    let blocks = (index.count / 4 + 63) / 64
    let size = min(max(blocks, 128), RowSet.wordsPerSegment)
    let group = index.codes == nil ? 1 : Int(VK_BATCH)
    var pieces: [Piece] = []
    for segment in index.segments.indices {
      let count = index.rows(in: segment)
      for first in stride(from: 0, to: (count + 63) / 64, by: size) {
        let end = min(first + size, (count + 63) / 64)
        for question in stride(from: 0, to: questions.count, by: group) {
          pieces.append(
            Piece(
              segment: segment, blocks: first..<end, rows: min(count, end * 64) - first * 64,
              questions: question..<min(question + group, questions.count)))
        }
      }
    }
    self.pieces = pieces
    let isListed = self.rows.map { $0.count <= Self.listedRows } ?? false
    bounds =
      index.codes != nil && !isListed && pieces.count > 1 && questions.count == 1
      ? index.shelf.bounds(rows: index.segments.count * VectorSegment.capacity) : nil
  }

  deinit { if let bounds { index.shelf.put(bounds) } }

  /// Rows of a filter that are sooner scored one by one.
  private static let listedRows = 4096

  /// Bytes that have to be read from memory for all questions.
  var bytes: Int {
    let passes = (questions.count + 7) / 8
    guard let codes = index.codes else { return index.count * index.dimensions * 4 * questions.count }
    return index.count * codes.space.padded / 8 * passes
  }

  var pieceCount: Int { pieces.count }

  /// Whether `score` has to follow when all of `work` is done.
  var isStaged: Bool { bounds != nil }

  /// Takes pieces until none is left.
  func work() {
    index.shelf.with { scratch in
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < pieces.count else { return }
        search(pieces[piece], scratch)
      }
    }
  }

  /// Takes pieces that were scanned until none is left.
  func score() {
    guard let codes = index.codes else { return }
    index.shelf.with { scratch in
      while true {
        let piece = nextScored.add(1, ordering: .relaxed).oldValue
        guard piece < pieces.count else { return }
        score(pieces[piece], codes, scratch)
      }
    }
  }

  /// The hits of each question after all pieces are done, best first.
  ///
  /// Where the vectors are on disk these are candidates with the highest scores that they may have, each of
  /// which may belong to the best.
  func results() -> [[DenseHit]] {
    best.withLock { best in
      best.map { best in
        if best.candidates.isEmpty { return best.hits.sorted() }
        let threshold = best.hits.threshold
        return best.candidates.filter { $0.score >= threshold }.sorted { $1.isWorse(than: $0) }
      }
    }
  }

  private func search(_ piece: Piece, _ scratch: ScanScratch) {
    guard let codes = index.codes else { return compare(piece, scratch) }
    if let rows, rows.count <= Self.listedRows { return listed(piece, codes, scratch) }
    let mask = rows?.words(of: piece.segment)
    withUnsafePointer(to: codes.space.raw) { space in
      withUnsafePointer(to: codes.segments[piece.segment].raw) { raw in
        piece.questions.map { Optional(self.bounds(of: $0, in: piece, scratch)) }.withUnsafeBufferPointer {
          vk_scan(
            codes.space.kernels.table, space, raw, piece.blocks.lowerBound, piece.blocks.count, mask,
            questions.raw + piece.questions.lowerBound, piece.questions.count, $0.baseAddress)
        }
      }
    }
    // The best of all pieces together are as many as one piece needs by itself.
    let wanted = min(max(2 * limit / (isStaged ? pieces.count : 1), 32), 16_384)
    for (question, floor) in zip(piece.questions, thresholds(piece.questions)) {
      var found = Finding(question, floor: floor, hits: TopHits(limit: limit))
      let bounds = bounds(of: question, in: piece, scratch)
      let highest = vk_highest(
        codes.space.kernels.table, bounds, piece.rows, found.threshold, wanted, scratch.rows)
      for index in 0..<highest { bounds[Int(scratch.rows[index])] = 0xFC00 }
      estimate(highest, in: piece, codes, scratch, &found)
      if !isStaged { estimateOthers(in: piece, codes, scratch, &found) }
      best.withLock { $0[question].merge(found.best) }
    }
  }

  /// Scores the rows of a scanned piece that may still be among the best.
  private func score(_ piece: Piece, _ codes: DenseIndex.Codes, _ scratch: ScanScratch) {
    for (question, floor) in zip(piece.questions, thresholds(piece.questions)) {
      var found = Finding(question, floor: floor, hits: TopHits(limit: limit))
      estimateOthers(in: piece, codes, scratch, &found)
      best.withLock { $0[question].merge(found.best) }
    }
  }

  private func estimateOthers(
    in piece: Piece, _ codes: DenseIndex.Codes, _ scratch: ScanScratch, _ found: inout Finding
  ) {
    let others = vk_collect(
      codes.space.kernels.table, bounds(of: found.question, in: piece, scratch), piece.rows, found.threshold,
      scratch.rows)
    estimate(others, in: piece, codes, scratch, &found)
  }

  private func thresholds(_ questions: Range<Int>) -> [Float] {
    best.withLock { best in questions.map { best[$0].hits.threshold } }
  }

  /// Where the bounds of a piece's rows are.
  private func bounds(
    of question: Int, in piece: Piece, _ scratch: ScanScratch
  ) -> UnsafeMutablePointer<UInt16> {
    guard let bounds else { return scratch.bounds[question - piece.questions.lowerBound] }
    return bounds.start + piece.segment * VectorSegment.capacity + piece.blocks.lowerBound * 64
  }

  /// What one piece has given for one question.
  private struct Finding {
    var question: Int
    /// Score that others have found enough rows to reach.
    var floor: Float
    var best: Best

    init(_ question: Int, floor: Float, hits: TopHits) {
      self.question = question
      self.floor = floor
      best = Best(hits: hits)
    }

    /// Finite, so that it leaves out rows that do not count: their bound is minus infinity.
    var threshold: Float { max(max(floor, best.hits.threshold), -Float.greatestFiniteMagnitude) }
  }

  /// Scores those of the first `count` rows in `scratch.rows`, counted from the piece's first, that may be among
  /// the best.
  private func estimate(
    _ count: Int, in piece: Piece, _ codes: DenseIndex.Codes, _ scratch: ScanScratch, _ found: inout Finding
  ) {
    guard count > 0 else { return }
    let base = UInt32(piece.blocks.lowerBound * 64)
    if base > 0 {
      for index in 0..<count { scratch.rows[index] += base }
    }
    withUnsafePointer(to: codes.space.raw) { space in
      withUnsafePointer(to: codes.segments[piece.segment].raw) { raw in
        vk_estimate(
          codes.space.kernels.table, space, raw, questions.raw + found.question, scratch.rows, count,
          scratch.estimates, scratch.errors)
      }
    }
    score(count, of: piece.segment, scratch, &found)
  }

  /// Scores rows with estimates exactly, or bounds their scores where the vectors are on disk.
  private func score(_ count: Int, of segment: Int, _ scratch: ScanScratch, _ found: inout Finding) {
    let rows = index.segments[segment]
    guard isExact else {
      for index in 0..<count {
        let (estimate, error) = (scratch.estimates[index], scratch.errors[index])
        guard estimate + error >= found.threshold else { continue }
        var hit = hit(Int(scratch.rows[index]), of: rows, score: estimate - error)
        found.best.hits.insert(hit)
        hit.score = estimate + error
        found.best.candidates.append(hit)
      }
      return
    }
    // The likeliest first: they raise the threshold that spares the others.
    var count = vk_keep(scratch.rows, scratch.estimates, scratch.errors, count, found.threshold)
    if count > limit {
      let order = (0..<min(count, 4 * limit + 64)).sorted { scratch.estimates[$0] > scratch.estimates[$1] }
      let likely = order.prefix(limit).map { scratch.rows[$0] }
      for index in order.prefix(limit) { scratch.estimates[index] = -.infinity }
      multiply(likely, rows, scratch, &found)
      count = vk_keep(scratch.rows, scratch.estimates, scratch.errors, count, found.threshold)
    }
    var start = 0
    while start < count {
      let step = min(64, count - start)
      let kept = vk_keep(
        scratch.rows + start, scratch.estimates + start, scratch.errors + start, step, found.threshold)
      multiply(Array(UnsafeBufferPointer(start: scratch.rows + start, count: kept)), rows, scratch, &found)
      start += step
    }
  }

  private func multiply(
    _ list: [UInt32], _ segment: VectorSegment, _ scratch: ScanScratch, _ found: inout Finding
  ) {
    guard let vectors = segment.vectors, !list.isEmpty else { return }
    vk_products(
      index.options.kernels.table, vectors, index.dimensions, questions.values(found.question), list,
      list.count, scratch.products)
    for (index, row) in list.enumerated() where scratch.products[index] >= found.threshold {
      found.best.hits.insert(hit(Int(row), of: segment, score: scratch.products[index]))
    }
  }

  private func hit(_ row: Int, of segment: VectorSegment, score: Float) -> DenseHit {
    DenseHit(chunk: Int(segment.chunks[row]), score: score, embedding: Int(segment.embeddings[row]))
  }

  /// Scores every row of the piece that counts, without bounds.
  private func listed(_ piece: Piece, _ codes: DenseIndex.Codes, _ scratch: ScanScratch) {
    guard let words = rows?.words(of: piece.segment) else { return }
    var list: [UInt32] = []
    for block in piece.blocks {
      var word = words[block]
      while word != 0 {
        let row = (block - piece.blocks.lowerBound) * 64 + word.trailingZeroBitCount
        if row < piece.rows { list.append(UInt32(row)) }
        word &= word - 1
      }
    }
    guard !list.isEmpty else { return }
    for question in piece.questions {
      let floor = best.withLock { $0[question].hits.threshold }
      var found = Finding(question, floor: floor, hits: TopHits(limit: limit))
      let segment = index.segments[piece.segment]
      if !isExact {
        scratch.rows.update(from: list, count: list.count)
        estimate(list.count, in: piece, codes, scratch, &found)
      } else {
        multiply(list.map { $0 + UInt32(piece.blocks.lowerBound * 64) }, segment, scratch, &found)
      }
      best.withLock { $0[question].merge(found.best) }
    }
  }

  /// Scores every row of the piece exactly: for small indexes and vectors too short or too long to be coded.
  private func compare(_ piece: Piece, _ scratch: ScanScratch) {
    let segment = index.segments[piece.segment]
    guard let vectors = segment.vectors else { return }
    let first = piece.blocks.lowerBound * 64
    for question in piece.questions {
      vk_products(
        index.options.kernels.table, vectors + first * index.dimensions, index.dimensions,
        questions.values(question), nil, piece.rows, scratch.products)
      var hits = TopHits(limit: limit)
      var threshold = hits.threshold
      for row in 0..<piece.rows where scratch.products[row] >= threshold {
        if let rows, !rows.contains(first + row, of: piece.segment) { continue }
        hits.insert(hit(first + row, of: segment, score: scratch.products[row]))
        threshold = hits.threshold
      }
      best.withLock { $0[question].hits.merge(hits) }
    }
  }
}
