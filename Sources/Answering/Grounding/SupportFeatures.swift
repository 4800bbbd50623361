import Glibc

/// What speaks for a sentence and against it in the sources that it is held against. Parts are 0 to 1.
struct SupportFeatures: Sendable, Equatable {
  /// Part of its content words that the sources hold, in whatever sentence.
  var words = 0.0
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

  /// Probability that the sources say it: a logistic function fitted to sentences that were written from known passages
  /// and to the same with other passages, numbers, names and denials.
  var probability: Double {
    let lexical =
      Self.words * words + Self.statement * statement + Self.news * news
      - Self.numbers * missingNumbers - Self.names * missingNames - Self.denial * denies
      - Self.affirmation * affirms - Self.opposition * opposes
    guard let nearness else { return 1 / (1 + exp(-(lexical * 1.15 - 4.6))) }
    return 1 / (1 + exp(-(lexical + Self.near * nearness - 7)))
  }

  private static let words = 3.0
  private static let statement = 2.0
  private static let news = 2.0
  private static let near = 3.0
  private static let numbers = 4.0
  private static let names = 2.5
  private static let denial = 5.0
  private static let affirmation = 1.0
  private static let opposition = 1.5

  /// Probability from which a sentence counts as supported.
  static let threshold = 0.5
}
