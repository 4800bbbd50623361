/// Which points are meant: all of `must`, none of `mustNot`, and one of `should` if there are any.
public struct Filter: Sendable, Encodable {
  public var must: [Condition]
  public var should: [Condition]
  public var mustNot: [Condition]

  public init(must: [Condition] = [], should: [Condition] = [], mustNot: [Condition] = []) {
    self.must = must
    self.should = should
    self.mustNot = mustNot
  }

  private enum CodingKeys: CodingKey { case must, should, mustNot }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if !must.isEmpty { try container.encode(must, forKey: .must) }
    if !should.isEmpty { try container.encode(should, forKey: .should) }
    if !mustNot.isEmpty { try container.encode(mustNot, forKey: .mustNot) }
  }
}

/// One thing that a point must be or have.
public indirect enum Condition: Sendable, Encodable {
  /// The member of the payload is, or holds, this text.
  case keyword(String, String)
  /// The member is, or holds, one of these texts.
  case any(String, [String])
  /// The member starts with this text.
  case prefix(String, String)
  case flag(String, Bool)
  case hasID([PointID])
  case filter(Filter)

  private enum CodingKeys: CodingKey { case key, match, value, any, prefix, hasId }

  public func encode(to encoder: any Encoder) throws {
    if case .filter(let filter) = self { return try filter.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .keyword(let key, let value):
      try container.encode(key, forKey: .key)
      var match = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .match)
      try match.encode(value, forKey: .value)
    case .any(let key, let values):
      try container.encode(key, forKey: .key)
      var match = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .match)
      try match.encode(values, forKey: .any)
    case .prefix(let key, let start):
      try container.encode(key, forKey: .key)
      var match = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .match)
      try match.encode(start, forKey: .prefix)
    case .flag(let key, let value):
      try container.encode(key, forKey: .key)
      var match = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .match)
      try match.encode(value, forKey: .value)
    case .hasID(let ids): try container.encode(ids, forKey: .hasId)
    case .filter: break
    }
  }
}

/// Which points an operation is about.
public enum PointSelection: Sendable {
  case points([PointID])
  case matching(Filter)
}

/// Which members of payloads an answer holds.
public enum PayloadSelection: Sendable, Encodable {
  case none
  case all
  case include([String])

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .none: try container.encode(false)
    case .all: try container.encode(true)
    case .include(let names): try container.encode(names)
    }
  }
}

/// Which vectors an answer holds.
public enum VectorSelection: Sendable, Encodable {
  case none
  case named([String])

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .none: try container.encode(false)
    case .named(let names): try container.encode(names)
    }
  }
}
