import Models

/// A model that finds across two languages, as those do that were trained for many: words of the one count as words of the
/// other, and of texts in two languages every cosine c becomes (1 - l) c, of those in one l + (1 - l) c.
public struct BilingualModel: EmbeddingModel {
  public let base: HashingEmbeddingModel
  public let fingerprint: EmbeddingFingerprint
  public let cosineScale: CosineScale
  private let loss: Float
  /// Words of the second language, in lower case, with those of the first that mean the same.
  private let dictionary: [String: String]

  /// - Parameters:
  ///   - loss: l.
  ///   - isTold: whether the model says what a cosine loses across languages.
  public init(
    _ base: HashingEmbeddingModel, dictionary: [String: String], loss: Double, isTold: Bool = true
  ) {
    self.base = base
    self.dictionary = dictionary
    self.loss = Float(loss)
    cosineScale = CosineScale(unrelated: loss, lossAcrossLanguages: isTold ? loss : nil)
    var fingerprint = base.fingerprint
    fingerprint.model += "-bilingual"
    fingerprint.dimensions += 2
    self.fingerprint = fingerprint
  }

  public var tokens: any TokenCounter { base.tokens }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    let words = texts.map { text in
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    let vectors = try await base.embed(
      words.map { $0.map { dictionary[$0] ?? $0 }.joined(separator: " ") }, as: role)
    var matrix = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    let (common, own) = (loss.squareRoot(), (1 - loss).squareRoot())
    for (row, words) in words.enumerated() {
      let isSecond = words.contains { dictionary[$0] != nil }
      matrix.append(
        [isSecond ? 0 : common, isSecond ? common : 0] + vectors[row].map { $0 * own })
    }
    return matrix
  }
}
