import Glibc
import Retrieval

/// How sure it is that the passages answer a question.
struct Confidence: Sendable {
  /// 0 to 1.
  let value: Double

  /// What speaks for an answer.
  struct Evidence: Sendable, Equatable {
    /// Cosine of the question and the nearest passage, as a part of the cosine that passages of this corpus
    /// have with their nearest neighbours: it means the same with every corpus and embedding model.
    var nearness = 0.0
    /// BM25 of the best passage, as a part of what a passage can reach at all, 0 to 1.
    var words = 0.0

    /// A logistic function, fitted to the questions of eight sets, as many that their corpus answers as ones of the
    /// other sets; every set was also predicted by the others.
    var probability: Double {
      1 / (1 + exp(-(-8.8 + 10.97 * nearness + 10.2 * words)))
    }
  }

  let evidence: Evidence

  /// - Parameter statistics: what the corpus says of the question; without it the usual corpus is assumed.
  init(_ passages: [Passage], best: RankedStatement?, statistics: QuestionStatistics?) {
    guard let best, let first = passages.first else {
      evidence = Evidence()
      value = 0
      return
    }
    let nearest = passages.compactMap(\.denseScore).max() ?? 0
    let neighbours = statistics?.neighbourCosine ?? Self.usualNeighbourCosine
    let attainable = statistics?.attainableLexicalScore ?? 0
    evidence = Evidence(
      nearness: nearest / max(0.1, neighbours),
      words: attainable > 0
        ? min(1, (first.lexicalScore ?? 0) / attainable)
        : best.features.contextCoverage * Self.usualSaturation)
    value = evidence.probability
  }

  /// Of a corpus of English prose with the default model.
  private static let usualNeighbourCosine = 0.7
  /// BM25 that a word reaches of what it could, in a passage of average length that holds it once.
  private static let usualSaturation = 0.5
}
