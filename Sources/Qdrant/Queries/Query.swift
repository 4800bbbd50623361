/// What is looked for in a collection, best first.
public struct Query: Sendable, Encodable {
  public enum Input: Sendable, Encodable {
    case dense([Float])
    case sparse(SparseVector)
    /// Reciprocal rank fusion of the prefetches: each adds weight / (rank + k), ranks counted from 0.
    case rankFusion(k: Int)
    /// Points taken at random.
    case sample

    private enum CodingKeys: CodingKey { case rrf, k, sample }

    public func encode(to encoder: any Encoder) throws {
      switch self {
      case .dense(let vector):
        var container = encoder.singleValueContainer()
        try container.encode(vector)
      case .sparse(let vector):
        try vector.encode(to: encoder)
      case .rankFusion(let k):
        var container = encoder.container(keyedBy: CodingKeys.self)
        var parameters = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .rrf)
        try parameters.encode(k, forKey: .k)
      case .sample:
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("random", forKey: .sample)
      }
    }
  }

  /// How a search by dense vectors goes about it. Collections without a quantised copy of the vectors take no notice.
  public enum Precision: Sendable, Encodable {
    /// Candidates are found by the quantised copy, `oversampling` times as many as wanted, and scored by the vectors
    /// themselves.
    case rescored(oversampling: Double)
    /// Scores come from the vectors themselves alone.
    case exact

    private enum CodingKeys: CodingKey { case quantization, rescore, oversampling, ignore }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      var quantization = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .quantization)
      switch self {
      case .rescored(let oversampling):
        try quantization.encode(true, forKey: .rescore)
        try quantization.encode(oversampling, forKey: .oversampling)
      case .exact:
        try quantization.encode(true, forKey: .ignore)
      }
    }
  }

  /// A search whose results the query is limited to. Filters of the query do not reach into it.
  public struct Prefetch: Sendable, Encodable {
    public var query: Input
    public var using: String
    public var filter: Filter?
    public var params: Precision?
    public var limit: Int

    public init(
      _ query: Input, using: String, filter: Filter? = nil, precision: Precision? = nil, limit: Int
    ) {
      self.query = query
      self.using = using
      self.filter = filter
      params = precision
      self.limit = limit
    }
  }

  public var prefetch: [Prefetch]?
  /// Nil for points in the order of their ids.
  public var query: Input?
  /// Name of the vectors that the query is compared with.
  public var using: String?
  public var filter: Filter?
  public var params: Precision?
  public var limit: Int
  public var withPayload: PayloadSelection
  public var withVector: VectorSelection = .none

  public init(
    _ query: Input?, using: String? = nil, prefetch: [Prefetch]? = nil, filter: Filter? = nil,
    precision: Precision? = nil, limit: Int, payload: PayloadSelection = .none
  ) {
    self.query = query
    self.using = using
    self.prefetch = prefetch
    self.filter = filter
    params = precision
    self.limit = limit
    withPayload = payload
  }
}

/// A point with its score: a product of vectors, higher is better, or what a fusion gives.
public struct ScoredPoint<Payload: Decodable & Sendable>: Sendable, Decodable {
  public var id: PointID
  public var score: Float
  public var payload: Payload?
  public var vector: PointVectors?
}
