import Glibc
import Retrieval

/// What speaks for and against some passages answering a question.
struct Evidence: Sendable, Equatable {
  /// Cosine of the question and the nearest passage, as a part of the cosine that passages of this corpus have with
  /// their nearest neighbours: it means the same with every corpus and embedding model.
  var nearness = 0.0
  /// BM25 of the best passage, as a part of what a passage can reach at all, 0 to 1.
  var words = 0.0
  /// Whether the question takes for granted what the best statement contradicts.
  var isContradicted = false

  init() {}

  init(
    _ question: String, _ passages: [Passage], ranked: [RankedStatement], statistics: QuestionStatistics?
  ) {
    guard let best = ranked.first, passages.indices.contains(best.statement.passage) else { return }
    isContradicted = Contradiction(question).isMet(
      by: best.statement.text, in: passages[best.statement.passage])
    guard let nearest = passages.compactMap(\.denseScore).max() else {
      // Words alone were searched for: a passage that holds them all is as near as one usually is.
      let held = best.features.contextCoverage
      (nearness, words) = (held * Self.usualNearness, held * Self.usualSaturation)
      return
    }
    nearness = nearest / max(0.1, statistics?.neighbourCosine ?? Self.usualNeighbourCosine)
    let attainable = statistics?.attainableLexicalScore ?? 0
    words =
      attainable > 0
      ? min(1, (passages.compactMap(\.lexicalScore).max() ?? 0) / attainable)
      : best.features.contextCoverage * Self.usualSaturation
  }

  /// A logistic function, fitted to the questions of eight sets: ones that their corpus answers, ones of the other sets,
  /// and ones whose answer was taken out of the corpus; every set was also predicted by the others.
  var probability: Double {
    let value = 1 / (1 + exp(-(-6.58 + 7.63 * nearness + 7.45 * words)))
    return isContradicted ? min(value, Self.contradicted) : value
  }

  /// How sure it is at most that a passage answers a question that it contradicts.
  static let contradicted = 0.15
  /// Of a corpus of English prose with the default model.
  static let usualNeighbourCosine = 0.7
  /// BM25 that a word reaches of what it could, in a passage of average length that holds it once.
  private static let usualSaturation = 0.5
  /// Nearness of a question and a passage that holds all of its words, where nothing else is known of it.
  private static let usualNearness = 1.1
}
