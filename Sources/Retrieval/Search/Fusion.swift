/// Combines the scores of both legs into one.
///
/// A convex combination of scores scaled to 0...1 over the candidates, after Bruch, Gai and Ingber, "An Analysis of
/// Fusion Functions for Hybrid Retrieval" (ACM TOIS 42, 2023): it keeps how far candidates lie apart, which ranks
/// forget.
struct Fusion: Sendable, Hashable {
  /// Part of the dense score, 0 to 1.
  var denseWeight = 0.6

  struct Candidate: Equatable {
    var chunk: Int
    /// Cosine, known for every candidate.
    var dense: Double
    /// BM25; nil for one that holds none of the words.
    var lexical: Double?
    var fused = 0.0
  }

  /// Candidates with their fused score, best first.
  func fused(_ candidates: [Candidate]) -> [Candidate] {
    guard let lowest = candidates.map(\.dense).min(), let highest = candidates.map(\.dense).max() else {
      return []
    }
    let bestLexical = candidates.compactMap(\.lexical).max() ?? 0
    return candidates.map { candidate in
      var candidate = candidate
      let dense = highest > lowest ? (candidate.dense - lowest) / (highest - lowest) : 1
      let lexical = bestLexical > 0 ? (candidate.lexical ?? 0) / bestLexical : 0
      candidate.fused = denseWeight * dense + (1 - denseWeight) * lexical
      return candidate
    }.sorted { $0.fused == $1.fused ? $0.chunk < $1.chunk : $0.fused > $1.fused }
  }
}
