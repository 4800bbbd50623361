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
    guard let nearest = passages.compactMap(\.denseScore).max() else {
      // Words alone were searched for: a passage that holds them all is as near as one usually is.
      let held = best.features.contextCoverage
      evidence = Evidence(nearness: held * Self.usualNearness, words: held * Self.usualSaturation)
      value = evidence.probability
      return
    }
    let neighbours = statistics?.neighbourCosine ?? Self.usualNeighbourCosine
    let attainable = statistics?.attainableLexicalScore ?? 0
    evidence = Evidence(
      nearness: nearest / max(0.1, neighbours),
      words: attainable > 0
        ? min(1, (first.lexicalScore ?? 0) / attainable)
        : best.features.contextCoverage * Self.usualSaturation)
    value = evidence.probability
  }

  /// How sure it is at most that the corpus answers a question that a chat model found no answer to.
  static let refused = 0.3

  /// How sure it is that an answer that a chat model wrote is one: the mean support of its sentences, by their length, as
  /// far as the passages promise an answer at all. A model that was told to refuse and has not counts for half of that.
  ///
  /// - Parameter retrieved: what the passages alone promise.
  static func written(_ sentences: [GroundedSentence], retrieved: Double) -> Double {
    let claims = sentences.compactMap { sentence in
      sentence.support.map { (support: $0, length: Double(sentence.end - sentence.start)) }
    }
    let length = claims.reduce(0) { $0 + $1.length }
    // What leads over or reports says nothing about the rest.
    let support = length > 0 ? claims.reduce(0) { $0 + $1.support * $1.length } / length : 0.5
    return support * (0.5 + 0.5 * retrieved)
  }

  /// Of a corpus of English prose with the default model.
  static let usualNeighbourCosine = 0.7
  /// Nearness of a question and a passage that answers it in its own words.
  private static let usualNearness = 0.9
  /// BM25 that a word reaches of what it could, in a passage of average length that holds it once.
  private static let usualSaturation = 0.5
}
