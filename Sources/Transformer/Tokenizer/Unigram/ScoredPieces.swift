/// The pieces of a Unigram vocabulary in the order of their ids, one after the other.
struct ScoredPieces: Sendable {
  /// The UTF-8 of all pieces.
  private(set) var bytes: [UInt8] = []
  /// Where each piece ends in `bytes`.
  private(set) var ends: [Int] = []
  /// The logarithm of each piece's probability.
  private(set) var scores: [Double] = []

  var count: Int { ends.count }

  mutating func append(_ piece: some Collection<UInt8>, score: Double) {
    bytes.append(contentsOf: piece)
    ends.append(bytes.count)
    scores.append(score)
  }

  /// Where a piece lies in `bytes`.
  func range(_ id: Int) -> Range<Int> { (id == 0 ? 0 : ends[id - 1])..<ends[id] }
}
