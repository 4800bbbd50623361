/// Turns texts into unit vectors of one vector space.
public protocol EmbeddingModel: Sendable {
  /// Names the vector space: vectors of different fingerprints must never be compared.
  var fingerprint: EmbeddingFingerprint { get }

  /// Counts a text in the model's own tokens and knows how many fit.
  var tokens: any TokenCounter { get }

  /// Embeds `texts` in their order: row i of the result belongs to `texts[i]`, has
  /// `fingerprint.dimensions` values and length 1. Any number of texts may be passed; the model splits
  /// them into requests or batches of its own. A text longer than the window is cut at its end.
  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix

  /// Embeds `texts` with their contexts, as `embed` does, and keeps the vectors of their own tokens from the same pass;
  /// nil where the model gives none.
  func embedTokens(of texts: [ContextualText], as role: EmbeddingRole) async throws -> [TextEmbedding]?

  /// Whether the model knows `word` as one that is written so; nil where it cannot tell.
  func knows(_ word: String) -> Bool?

  /// What its cosines mean.
  var cosineScale: CosineScale { get }
}

extension EmbeddingModel {
  public func embedTokens(of texts: [ContextualText], as role: EmbeddingRole) async throws -> [TextEmbedding]?
  { nil }

  public func knows(_ word: String) -> Bool? { nil }

  public var cosineScale: CosineScale { CosineScale() }
}

/// What a text is to the search: some models embed questions and documents differently.
public enum EmbeddingRole: String, Sendable, Codable {
  case document
  case query
}
