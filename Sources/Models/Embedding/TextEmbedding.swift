/// A text with what is embedded before it to say what it is about, such as a title.
public struct ContextualText: Sendable, Hashable {
  public var context: String
  public var text: String

  public init(_ text: String, context: String = "") {
    self.text = text
    self.context = context
  }

  /// What is embedded.
  public var whole: String { context + text }
}

/// The unit vector of a text with its context.
public struct TextEmbedding: Sendable, Equatable {
  public var vector: [Float]
  /// The text's own tokens from the same pass; nil where the model gives none.
  public var tokens: TokenSketch?

  public init(vector: [Float], tokens: TokenSketch? = nil) {
    self.vector = vector
    self.tokens = tokens
  }
}
