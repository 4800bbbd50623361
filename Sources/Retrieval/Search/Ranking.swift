/// The candidates of a search, best first, read from the corpus as far as they are looked at.
struct Ranking {
  private let candidates: [Fusion.Candidate]
  private let mode: SearchMode
  private let read: @Sendable (_ chunks: [Int]) async throws -> [Passage]
  /// What scores of passages that are yet to be read are multiplied with.
  var factor = 1.0
  /// Candidates that have been read.
  private var position = 0
  /// Passages that were given back, which come next.
  private var waiting: [Passage] = []

  init(
    candidates: [Fusion.Candidate], mode: SearchMode,
    read: @escaping @Sendable (_ chunks: [Int]) async throws -> [Passage]
  ) {
    self.candidates = candidates
    self.mode = mode
    self.read = read
  }

  /// The next passages with their scores, `count` of them unless some have been removed meanwhile; none at the end.
  mutating func next(_ count: Int) async throws -> [Passage] {
    if !waiting.isEmpty {
      let next = Array(waiting.prefix(count))
      waiting.removeFirst(next.count)
      return next
    }
    while position < candidates.count {
      let block = candidates[position..<min(position + count, candidates.count)]
      position = block.endIndex
      let scores = Dictionary(block.map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
      let passages = try await read(block.map(\.chunk)).map { passage in
        var passage = passage
        guard let candidate = scores[passage.chunk] else { return passage }
        passage.score = candidate.fused * factor
        passage.denseScore = mode == .lexical ? nil : candidate.dense
        passage.lexicalScore = candidate.lexical
        return passage
      }
      if !passages.isEmpty { return passages }
    }
    return []
  }

  /// Lets passages come again, in this order and before the others.
  mutating func putBack(_ passages: [Passage]) { waiting = passages + waiting }
}
