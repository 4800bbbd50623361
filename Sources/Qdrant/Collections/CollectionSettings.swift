/// How a collection is made.
public struct CollectionSettings: Sendable, Encodable {
  public enum Distance: String, Sendable, Codable {
    case cosine = "Cosine"
    case dot = "Dot"
    case euclid = "Euclid"
    case manhattan = "Manhattan"
  }

  public struct Dense: Sendable, Encodable {
    /// Values a vector.
    public var size: Int
    public var distance: Distance
    /// Keeps the vectors on disk.
    public var onDisk: Bool?

    public init(size: Int, distance: Distance, onDisk: Bool? = nil) {
      self.size = size
      self.distance = distance
      self.onDisk = onDisk
    }
  }

  public struct Sparse: Sendable, Encodable {
    /// `idf` weighs each dimension by its rarity in the collection: ln(1 + (N - n + 0.5) / (n + 0.5)).
    public var modifier: String?
    var index: Index?

    struct Index: Encodable {
      var onDisk: Bool
    }

    /// - Parameter onDisk: keeps the inverted index on disk, from which it is mapped into memory.
    public init(modifier: String? = nil, onDisk: Bool? = nil) {
      self.modifier = modifier
      index = onDisk.map { Index(onDisk: $0) }
    }
  }

  /// A second copy of the vectors with one byte a value, by which candidates are found.
  public struct Quantization: Sendable, Encodable {
    struct Scalar: Encodable {
      var type = "int8"
      var quantile = 0.99
      var alwaysRam = true
    }

    var scalar = Scalar()

    public static let int8 = Quantization()
  }

  public var vectors: [String: Dense]
  public var sparseVectors: [String: Sparse]?
  public var quantizationConfig: Quantization?
  /// Keeps payloads on disk.
  public var onDiskPayload: Bool?
  public var shardNumber: Int?
  /// Copies of every shard.
  public var replicationFactor: Int?

  public init(
    vectors: [String: Dense] = [:], sparse: [String: Sparse]? = nil, quantization: Quantization? = nil,
    onDiskPayload: Bool? = nil, shards: Int? = nil, replicas: Int? = nil
  ) {
    self.vectors = vectors
    sparseVectors = sparse
    quantizationConfig = quantization
    self.onDiskPayload = onDiskPayload
    shardNumber = shards
    replicationFactor = replicas
  }
}

/// Indexes of members of payloads.
public enum PayloadIndex: String, Sendable, CaseIterable {
  case keyword
  /// A keyword index that also finds starts of values.
  case prefix
  case integer
  case bool
  case uuid

  /// How a collection's description calls it.
  public var typeName: String { self == .prefix ? "keyword" : rawValue }
}
