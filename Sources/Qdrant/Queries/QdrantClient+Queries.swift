extension QdrantClient {
  public func query<Payload: Decodable & Sendable>(
    _ query: Query, in collection: String, payload: Payload.Type = NoPayload.self
  ) async throws -> [ScoredPoint<Payload>] {
    try await call(
      .post, path(collection, "/points/query"), try JSON.encode(query), as: Points<Payload>.self,
      to: "search collection '\(collection)'"
    ).points
  }

  /// The answers of several queries, in their order, by one request.
  public func query<Payload: Decodable & Sendable>(
    _ queries: [Query], in collection: String, payload: Payload.Type = NoPayload.self
  ) async throws -> [[ScoredPoint<Payload>]] {
    try await call(
      .post, path(collection, "/points/query/batch"), try JSON.encode(["searches": queries]),
      as: [Points<Payload>].self, to: "search collection '\(collection)'"
    ).map(\.points)
  }

  private struct Points<Payload: Decodable & Sendable>: Decodable {
    var points: [ScoredPoint<Payload>]
  }

  /// The points with `ids`, in no particular order; those that do not exist are left out.
  public func retrieve<Payload: Decodable & Sendable>(
    _ ids: [PointID], from collection: String, payload: PayloadSelection = .all,
    vectors: VectorSelection = .none,
    as type: Payload.Type
  ) async throws -> [Record<Payload>] {
    guard !ids.isEmpty else { return [] }
    let body = Retrieval(ids: ids, withPayload: payload, withVector: vectors)
    return try await call(
      .post, path(collection, "/points"), try JSON.encode(body), as: [Record<Payload>].self,
      to: "read points of collection '\(collection)'")
  }

  private struct Retrieval: Encodable {
    var ids: [PointID]
    var withPayload: PayloadSelection
    var withVector: VectorSelection
  }

  /// A part of the points that a filter lets through, in order of their ids.
  public struct Page<Payload: Decodable & Sendable>: Decodable, Sendable {
    public var points: [Record<Payload>]
    /// Where the next page begins; nil at the end.
    public var nextPageOffset: PointID?
  }

  public func scroll<Payload: Decodable & Sendable>(
    _ collection: String, _ filter: Filter? = nil, from offset: PointID? = nil, limit: Int = 1000,
    payload: PayloadSelection = .all, vectors: VectorSelection = .none, as type: Payload.Type
  ) async throws -> Page<Payload> {
    let body = Scroll(
      filter: filter, offset: offset, limit: limit, withPayload: payload, withVector: vectors)
    return try await call(
      .post, path(collection, "/points/scroll"), try JSON.encode(body), as: Page<Payload>.self,
      to: "read collection '\(collection)'")
  }

  private struct Scroll: Encodable {
    var filter: Filter?
    var offset: PointID?
    var limit: Int
    var withPayload: PayloadSelection
    var withVector: VectorSelection
  }

  /// Visits every point that a filter lets through, in order of their ids, page by page.
  public func forEachPage<Payload: Decodable & Sendable>(
    of collection: String, _ filter: Filter? = nil, limit: Int = 1000, payload: PayloadSelection = .all,
    vectors: VectorSelection = .none, as type: Payload.Type,
    isolation: isolated (any Actor)? = #isolation, _ body: ([Record<Payload>]) async throws -> Void
  ) async throws {
    var offset: PointID?
    repeat {
      let page = try await scroll(
        collection, filter, from: offset, limit: limit, payload: payload, vectors: vectors, as: type)
      try await body(page.points)
      offset = page.nextPageOffset
    } while offset != nil
  }

  /// How many points a filter lets through, exactly.
  public func count(_ collection: String, _ filter: Filter? = nil) async throws -> Int {
    try await call(
      .post, path(collection, "/points/count"), try JSON.encode(Counting(filter: filter, exact: true)),
      as: Count.self, to: "count points of collection '\(collection)'"
    ).count
  }

  private struct Counting: Encodable {
    var filter: Filter?
    var exact: Bool
  }

  private struct Count: Decodable {
    var count: Int
  }

  /// How many points have each value of a member of the payload, exactly, the most frequent first.
  public func facet<Value: Decodable & Sendable>(
    _ key: String, of collection: String, _ filter: Filter? = nil, limit: Int, as type: Value.Type
  ) async throws -> [(value: Value, count: Int)] {
    try await call(
      .post, path(collection, "/facet"),
      try JSON.encode(Faceting(key: key, filter: filter, limit: limit, exact: true)), as: Facets<Value>.self,
      to: "count values of '\(key)' in collection '\(collection)'"
    ).hits.map { ($0.value, $0.count) }
  }

  private struct Faceting: Encodable {
    var key: String
    var filter: Filter?
    var limit: Int
    var exact: Bool
  }

  private struct Facets<Value: Decodable>: Decodable {
    struct Hit: Decodable {
      var value: Value
      var count: Int
    }

    var hits: [Hit]
  }
}
