import Models

/// Another model in vectors with one more dimension, in which all texts agree: every cosine c becomes u + (1 - u) c, as
/// those of models are that were trained to tell texts apart by very small differences.
public struct SqueezedModel: EmbeddingModel {
  public let base: any EmbeddingModel
  public let fingerprint: EmbeddingFingerprint
  public let cosineScale: CosineScale
  private let unrelated: Float

  /// - Parameters:
  ///   - unrelated: u, the cosine of texts that have none with `base`.
  ///   - isTold: whether the model says so.
  public init(_ base: any EmbeddingModel, unrelated: Double, isTold: Bool = true) {
    self.base = base
    self.unrelated = Float(unrelated)
    cosineScale = CosineScale(unrelated: isTold ? unrelated : 0)
    var fingerprint = base.fingerprint
    fingerprint.model += "-squeezed"
    fingerprint.dimensions += 1
    self.fingerprint = fingerprint
  }

  public var tokens: any TokenCounter { base.tokens }

  public func knows(_ word: String) -> Bool? { base.knows(word) }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    let vectors = try await base.embed(texts, as: role)
    var matrix = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    let (common, own) = (unrelated.squareRoot(), (1 - unrelated).squareRoot())
    for row in 0..<vectors.count { matrix.append([common] + vectors[row].map { $0 * own }) }
    return matrix
  }
}
