/// The candidates of a search, best first, read from the corpus as far as they are looked at.
struct Ranking {
  private let candidates: [Fusion.Candidate]
  private let mode: SearchMode
  /// What a passage's score is multiplied with for what it is part of, 0 to 1.
  private let weight: @Sendable (Passage) -> Double
  private let read: @Sendable (_ chunks: [Int]) async throws -> [Passage]
  /// What scores of passages that are yet to come are multiplied with.
  var factor = 1.0
  /// Candidates that have been read.
  private var position = 0
  /// Passages that were read and have less weight than candidates that were not, best first.
  private var late: [Passage] = []
  /// Passages that were given back, which come next.
  private var waiting: [Passage] = []

  init(
    candidates: [Fusion.Candidate], mode: SearchMode,
    weight: @escaping @Sendable (Passage) -> Double = { _ in 1 },
    read: @escaping @Sendable (_ chunks: [Int]) async throws -> [Passage]
  ) {
    self.candidates = candidates
    self.mode = mode
    self.weight = weight
    self.read = read
  }

  /// The next passages with their scores, `count` of them unless there are no more; of those given back, as many as are
  /// left of them.
  mutating func next(_ count: Int) async throws -> [Passage] {
    if !waiting.isEmpty {
      let next = Array(waiting.prefix(count))
      waiting.removeFirst(next.count)
      return next
    }
    var found: [Passage] = []
    while found.count < count, position < candidates.count || !late.isEmpty {
      let block = candidates[position..<min(position + count - found.count, candidates.count)]
      position = block.endIndex
      if !block.isEmpty { place(try await weighed(block)) }
      let bound = position < candidates.count ? candidates[position].fused : -.infinity
      let next = late.prefix { $0.score >= bound }.prefix(count - found.count)
      late.removeFirst(next.count)
      found += next
    }
    for index in found.indices { found[index].score *= factor }
    return found
  }

  /// Lets passages come again, in this order and before the others.
  mutating func putBack(_ passages: [Passage]) { waiting = passages + waiting }

  private func weighed(_ block: ArraySlice<Fusion.Candidate>) async throws -> [Passage] {
    let scores = Dictionary(block.map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
    return try await read(block.map(\.chunk)).map { passage in
      var passage = passage
      guard let candidate = scores[passage.chunk] else { return passage }
      passage.score = candidate.fused * weight(passage)
      passage.denseScore = mode == .lexical ? nil : candidate.dense
      passage.lexicalScore = candidate.lexical
      return passage
    }
  }

  /// Puts passages among the late ones, behind those of the same score.
  private mutating func place(_ passages: [Passage]) {
    late = (late + passages).enumerated()
      .sorted { (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset) }.map(\.element)
  }
}
