import Glibc

/// What speaks for a sentence and against it in sources in another language. Parts are 0 to 1.
struct SupportAcrossLanguages: Sendable, Equatable {
  /// Cosine of the sentence and the nearest statement with what two languages take from it, as a part of the cosine that
  /// passages have with their nearest neighbours; nil where the embedding model tells nothing across languages.
  var nearness: Double?
  var missingNumbers = 0.0
  var missingNames = 0.0

  /// Whether `probability` rests on what the sentence says, and not on its numbers and names alone.
  var isChecked: Bool { nearness != nil }

  /// Probability that the sources say it: a logistic function of the nearness, fitted to translated sentences of whole
  /// replies with their own and other passages, and bounded as it is within one language. Numbers and names that are
  /// missing count more than there, where words tell as well.
  var probability: Double {
    let sum = nearness.map { min(Self.most, 19.7 * $0 - 16.5) } ?? Self.unknown
    return 1 / (1 + exp(5 * missingNumbers + 3 * missingNames - sum))
  }

  /// What the best sentences reach within one language.
  private static let most = 2.0
  /// Of a sentence of which nothing is known: 0.7. Of sentences of whole replies nine in ten are supported.
  private static let unknown = 0.85
}
