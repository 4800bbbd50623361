/// The switches of the BERT normalizer.
struct NormalizerOptions: Sendable, Equatable {
  /// Drops control characters and turns every white space into a space.
  var cleanText = true
  /// Makes each CJK ideograph a word of its own.
  var handleChineseCharacters = true
  /// Decomposes characters and drops non-spacing marks.
  var stripAccents = true
  var lowercase = true
}
