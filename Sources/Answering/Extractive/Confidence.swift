import Glibc
import Retrieval

/// How sure it is that the passages answer a question.
struct Confidence: Sendable {
  /// 0 to 1.
  let value: Double

  /// Combines how near the best passage and statement lie to the question with how many of its words they hold.
  init(_ question: String, _ passages: [Passage], best: RankedStatement?) {
    guard let best, !passages.isEmpty else {
      value = 0
      return
    }
    let nearest = passages.compactMap(\.denseScore).max() ?? 0
    let features = best.features
    let evidence =
      4.5 * nearest + 2.0 * features.similarity + 2.0 * features.contextCoverage + 0.5 * features.defines
      - 4.2
    value = 1 / (1 + exp(-evidence))
  }
}
