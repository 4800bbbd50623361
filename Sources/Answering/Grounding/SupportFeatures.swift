import Glibc

/// What speaks for a sentence and against it in the sources that it is held against. Parts are 0 to 1.
struct SupportFeatures: Sendable, Equatable {
  /// Part of them that one statement of a source holds, with its headings and the statement before it.
  var statement = 0.0
  /// The same, of the words that the question does not hold: what the sentence says beyond it.
  var news = 0.0
  /// Cosine of the sentence and the nearest statement, as a part of the cosine that passages of the corpus have with
  /// their nearest neighbours; nil where it is not known.
  var nearness: Double?
  /// Part of its numbers that no source holds.
  var missingNumbers = 0.0
  /// Part of its names that no source holds.
  var missingNames = 0.0
  /// Whether it denies what the nearest statement affirms.
  var denies = 0.0
  /// Whether it affirms what the nearest statement denies.
  var affirms = 0.0
  /// Whether it uses the opposite of a word of the nearest statement.
  var opposes = 0.0

  /// Probability that the sources say it: a logistic function, fitted to sentences that were written from known passages
  /// (answers about code, and questions of SQuAD turned into statements) and to the same with passages of other documents
  /// and with changed numbers, names, answers and denials.
  var probability: Double {
    let against = 3.5 * missingNumbers + 2.2 * missingNames + 3.2 * denies + 0.3 * affirms + 0.6 * opposes
    let sum =
      nearness.map { 0.6 * statement + 0.9 * news + 2 * $0 - 1.5 } ?? (1.2 * statement + 1.6 * news - 0.5)
    // A sentence without a word of the statement has to be very near to it.
    let bare = statement < 0.15 ? 1.2 : 0
    return 1 / (1 + exp(against + bare - sum))
  }

  /// Probability from which a sentence counts as supported: of sentences that are, 4 % of those close to their source's
  /// words and a quarter of free paraphrases of code lie below it.
  static let threshold = 0.4
}
