import Models

/// How near passages of one corpus lie to each other: what a cosine of its embedding model means.
struct CosineSample: Sendable, Equatable {
  /// Standard deviation of the cosine of two passages, 0 if there are not two.
  let spread: Double
  /// Mean cosine of a passage and the one that lies nearest to it; few passages count as `priorCount` usual ones more.
  let neighbour: Double
  /// Part of `neighbour` that the usual ones are, 0 to 1.
  let priorShare: Double

  /// The mean over corpora of several kinds with the default model.
  static let prior = 0.7
  private static let priorCount = 4.0

  /// - Parameters:
  ///   - vectors: unit vectors of some passages.
  ///   - neighbours: cosines of some passages and their nearest neighbours.
  init(_ vectors: EmbeddingMatrix, neighbours: [Float]) {
    let cosines = (0..<vectors.count).flatMap { vectors.products(with: Array(vectors[$0]))[..<$0] }
    let count = Double(max(1, cosines.count))
    let mean = cosines.reduce(0) { $0 + Double($1) } / count
    let squares = cosines.reduce(0) { $0 + Double($1) * Double($1) } / count
    spread = max(0, squares - mean * mean).squareRoot()
    neighbour =
      (neighbours.reduce(0) { $0 + Double($1) } + Self.priorCount * Self.prior)
      / (Double(neighbours.count) + Self.priorCount)
    priorShare = Self.priorCount / (Double(neighbours.count) + Self.priorCount)
  }
}
