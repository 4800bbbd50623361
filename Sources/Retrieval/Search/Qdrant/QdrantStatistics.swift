import Models
import Qdrant

/// What is measured of a corpus on a server now and then, and not for every search.
actor QdrantStatistics {
  struct Values: Sendable {
    /// Chunks that can be found.
    var chunks: Int
    var cosines: CosineSample
  }

  /// How long values are good for: neither changes what is found, only how the legs are weighed.
  private static let lifetime = Duration.seconds(300)
  private static let sample = 128
  /// Requests that finding nearest neighbours takes.
  private static let neighbourSample = 16

  private let client: QdrantClient
  private let names: QdrantNames
  private var last: (values: Values, time: ContinuousClock.Instant)?

  init(client: QdrantClient, names: QdrantNames) {
    self.client = client
    self.names = names
  }

  func values() async throws -> Values {
    if let last, last.time.duration(to: .now) < Self.lifetime, last.values.chunks > 0 { return last.values }
    var query = Query(.sample, using: nil, filter: QdrantCorpus.findable, limit: Self.sample)
    query.withVector = .named([QdrantCorpus.dense])
    let points = try await client.query(query, in: names.corpus)
    // In order of ids, so that equal samples give equal numbers.
    let vectors = points.sorted { $0.id.description < $1.id.description }
      .compactMap { $0.vector?.dense[QdrantCorpus.dense] }
    let size = vectors.first?.count ?? 1
    let matrix = EmbeddingMatrix(
      dimensions: size, values: vectors.filter { $0.count == size }.flatMap(\.self))
    let values = Values(
      chunks: try await client.count(names.corpus, QdrantCorpus.findable),
      cosines: CosineSample(matrix, neighbours: try await neighbours(matrix)))
    last = (values, .now)
    return values
  }

  /// Cosines of some passages and the ones that lie nearest to them.
  private func neighbours(_ vectors: EmbeddingMatrix) async throws -> [Float] {
    var cosines: [Float] = []
    for row in 0..<min(Self.neighbourSample, vectors.count) {
      let query = Query(
        .dense(Array(vectors[row])), using: QdrantCorpus.dense, filter: QdrantCorpus.findable, limit: 2)
      // The nearest of all is the passage itself.
      if let next = try await client.query(query, in: names.corpus).dropFirst().first?.score {
        cosines.append(Float(next))
      }
    }
    return cosines
  }
}
