import FoundationEssentials

/// What the cosines of an embedding model mean.
///
/// Of most models, texts that have nothing in common have a cosine near 0. Of those that were trained to tell texts apart
/// by very small differences, as the E5 family was, every cosine lies in a narrow band far above 0, with the unrelated
/// at its lower end. What decides by how near two texts come asks for cosines stretched to the usual range.
public struct CosineScale: Sendable, Hashable {
  /// Mean cosine of texts that have nothing in common, at least 0 and below 1; 0 for most models.
  public var unrelated = 0.0
  /// The same of single tokens: what has to be stretched away so that the mean, over a question's tokens, of the largest
  /// cosine with a token of any sentence is that of other models; 0 for most.
  public var unrelatedTokens = 0.0
  /// What the cosine of a question and the text that answers it loses where they are in two languages, at least 0 and below
  /// 1; nil where the model finds no answers across languages, or nobody knows.
  public var lossAcrossLanguages: Double?

  public init(unrelated: Double = 0, unrelatedTokens: Double = 0, lossAcrossLanguages: Double? = nil) {
    self.unrelated = unrelated
    self.unrelatedTokens = unrelatedTokens
    self.lossAcrossLanguages = lossAcrossLanguages
  }

  /// A cosine as a model with the usual range would give it: 0 for the unrelated, 1 for the same, below 0 for less.
  public func stretched(_ cosine: Double) -> Double { (cosine - unrelated) / (1 - unrelated) }

  /// The same of a cosine of tokens, or of a mean of such.
  public func stretchedTokens(_ cosine: Double) -> Double {
    (cosine - unrelatedTokens) / (1 - unrelatedTokens)
  }

  /// What a stretched cosine loses across languages; 0 where that is not known.
  public var stretchedLossAcrossLanguages: Double { (lossAcrossLanguages ?? 0) / (1 - unrelated) }

  /// The cosine of which `stretched` gives `value`.
  public func cosine(of value: Double) -> Double { unrelated + value * (1 - unrelated) }
}

extension CosineScale {
  /// Name of the file of a model's folder that says it:
  /// `{"unrelated_cosine": 0.77, "unrelated_token_cosine": 0.6, "cosine_lost_across_languages": 0.05}`.
  static let file = "footnote.json"

  /// The scale that a file in a model's `folder` says; nil where there is none.
  init?(folder: String) throws(LocalModelError) {
    self.init()
    let path = folder + "/" + Self.file
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path), let json = try? JSONValue(parsing: data)
    else {
      throw .malformedScale(path: path, reason: "it is not JSON")
    }
    unrelated = try Self.value("unrelated_cosine", json, path) ?? 0
    unrelatedTokens = try Self.value("unrelated_token_cosine", json, path) ?? 0
    lossAcrossLanguages = try Self.value("cosine_lost_across_languages", json, path)
  }

  private static func value(_ key: String, _ json: JSONValue, _ path: String) throws(LocalModelError)
    -> Double?
  {
    guard let value = json[key] else { return nil }
    guard let number = value.double, 0..<1 ~= number else {
      throw .malformedScale(path: path, reason: "its '\(key)' is not a number from 0 up to 1")
    }
    return number
  }
}
