/// Identity of a point: an unsigned number or a UUID, nothing else.
public enum PointID: Sendable, Hashable, Codable, CustomStringConvertible {
  case number(UInt64)
  /// In lower case with hyphens.
  case uuid(String)

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(UInt64.self) {
      self = .number(number)
    } else {
      self = .uuid(try container.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .uuid(let text): try container.encode(text)
    }
  }

  public var description: String {
    switch self {
    case .number(let number): String(number)
    case .uuid(let text): text
    }
  }
}

/// Weights of some of a great many dimensions.
public struct SparseVector: Sendable, Equatable, Codable {
  /// Different numbers of dimensions.
  public var indices: [UInt32]
  public var values: [Float]

  public init(indices: [UInt32], values: [Float]) {
    self.indices = indices
    self.values = values
  }
}

/// What a point is found by: vectors with names.
public struct PointVectors: Sendable, Equatable {
  public var dense: [String: [Float]]
  public var sparse: [String: SparseVector]

  public init(dense: [String: [Float]] = [:], sparse: [String: SparseVector] = [:]) {
    self.dense = dense
    self.sparse = sparse
  }
}

extension PointVectors: Decodable {
  private enum Value: Decodable {
    case dense([Float])
    case sparse(SparseVector)

    init(from decoder: any Decoder) throws {
      if let vector = try? SparseVector(from: decoder) {
        self = .sparse(vector)
      } else {
        self = .dense(try decoder.singleValueContainer().decode([Float].self))
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    for (name, value) in try decoder.singleValueContainer().decode([String: Value].self) {
      switch value {
      case .dense(let vector): dense[name] = vector
      case .sparse(let vector): sparse[name] = vector
      }
    }
  }
}

/// A point to be written.
public struct Point<Payload: Encodable & Sendable>: Sendable {
  public var id: PointID
  public var vectors: PointVectors
  public var payload: Payload

  public init(_ id: PointID, _ vectors: PointVectors = PointVectors(), payload: Payload) {
    self.id = id
    self.vectors = vectors
    self.payload = payload
  }
}

/// A point as it was found.
public struct Record<Payload: Decodable & Sendable>: Sendable, Decodable {
  public var id: PointID
  /// As far as it was asked for.
  public var payload: Payload?
  /// As far as they were asked for.
  public var vector: PointVectors?
}

/// No payload, or one that nobody looks at.
public struct NoPayload: Sendable, Codable {
  public init() {}
  public init(from decoder: any Decoder) {}
  public func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: Key.self) }
  private enum Key: CodingKey {}
}
