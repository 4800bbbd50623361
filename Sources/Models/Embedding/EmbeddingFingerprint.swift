/// Everything that decides which vector space a text is embedded into.
public struct EmbeddingFingerprint: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Who computes it: `local`, `openai` or `cohere`.
  public var provider: String
  /// The model's name as its provider spells it, such as `all-MiniLM-L6-v2`.
  public var model: String
  /// Values a vector.
  public var dimensions: Int
  /// How token vectors become one: `mean`, `cls`, `max`, or `api` where the provider does it.
  public var pooling: String
  /// Text put before documents and questions, joined by a line feed; empty for most models.
  public var prefix: String
  /// Arithmetic of the encoder: `f32`, `bf16`, `int8`, or `api`.
  public var precision: String
  /// Who described the chunks of a corpus before they were embedded, and in which way; nil if nobody did. A model by
  /// itself has none.
  public var descriptions: String?

  /// What tells whether vectors can be compared: the same without descriptions.
  public var space: EmbeddingFingerprint {
    var space = self
    space.descriptions = nil
    return space
  }

  public init(
    provider: String, model: String, dimensions: Int, pooling: String, prefix: String = "", precision: String
  ) {
    self.provider = provider
    self.model = model
    self.dimensions = dimensions
    self.pooling = pooling
    self.prefix = prefix
    self.precision = precision
  }

  /// A line for messages, such as `local/all-MiniLM-L6-v2 (384 values, mean, f32)`.
  public var description: String {
    var details = ["\(dimensions) values"]
    // A provider's interface does not say how its vectors are made.
    details += [pooling, precision].filter { $0 != "api" }
    if !prefix.isEmpty { details.append("prefixed") }
    if let descriptions { details.append("described by \(descriptions)") }
    return "\(provider)/\(model) (\(details.joined(separator: ", ")))"
  }
}
