import HTTPClient

extension QdrantClient {
  /// Bytes of one body of points at most; servers take 32 MB by default.
  static let bodyBytes = 8 << 20
  /// Points in one body at most.
  static let bodyPoints = 1000

  /// Writes points in the place of those with the same ids, in bodies of bounded size. Each body has been applied
  /// when the next is sent.
  ///
  /// - Parameter insertsOnly: leaves points that are there as they are.
  public func upsert<Payload>(
    _ points: some Sequence<Point<Payload>>, into collection: String, insertsOnly: Bool = false
  ) async throws {
    var writer = PointWriter(
      start: insertsOnly ? "{\"update_mode\":\"insert_only\",\"points\":[" : "{\"points\":[")
    for point in points {
      let bytes = try PointWriter.bytes(of: point)
      if !writer.isEmpty, writer.bytes.count + bytes.count > Self.bodyBytes || writer.count >= Self.bodyPoints
      {
        try await change(.put, collection, "/points", writer.finish(), to: "write points")
      }
      writer.append(bytes)
    }
    if !writer.isEmpty { try await change(.put, collection, "/points", writer.finish(), to: "write points") }
  }

  /// Changes vectors of points and leaves their other vectors and payloads.
  public func updateVectors(
    _ vectors: some Sequence<(id: PointID, vectors: PointVectors)>, of collection: String
  ) async throws {
    var writer = PointWriter(start: "{\"points\":[")
    for (id, vectors) in vectors {
      let bytes = try PointWriter.bytes(of: id, vectors)
      if !writer.isEmpty, writer.bytes.count + bytes.count > Self.bodyBytes || writer.count >= Self.bodyPoints
      {
        try await change(.put, collection, "/points/vectors", writer.finish(), to: "write vectors")
      }
      writer.append(bytes)
    }
    if !writer.isEmpty {
      try await change(.put, collection, "/points/vectors", writer.finish(), to: "write vectors")
    }
  }

  public func delete(_ selection: PointSelection, from collection: String) async throws {
    guard !selection.isEmpty else { return }
    for part in selection.parts {
      try await change(
        .post, collection, "/points/delete", try JSON.encode(Selected(part)), to: "delete points")
    }
  }

  /// Sets members of payloads and leaves the others.
  public func setPayload(
    _ payload: some Encodable & Sendable, of selection: PointSelection, in collection: String
  ) async throws {
    guard !selection.isEmpty else { return }
    for part in selection.parts {
      try await change(
        .post, collection, "/points/payload",
        try JSON.encode(PayloadChange(payload: payload, Selected(part))),
        to: "change payloads")
    }
  }

  /// Removes members of payloads.
  public func deletePayload(_ keys: [String], of selection: PointSelection, in collection: String)
    async throws
  {
    guard !selection.isEmpty else { return }
    for part in selection.parts {
      try await change(
        .post, collection, "/points/payload/delete",
        try JSON.encode(PayloadRemoval(keys: keys, Selected(part))),
        to: "change payloads")
    }
  }

  private func change(
    _ method: HTTPMethod, _ collection: String, _ rest: String, _ body: [UInt8], to operation: String
  ) async throws {
    let result = try await call(
      method, path(collection, "\(rest)?wait=true"), body, as: UpdateResult.self,
      to: "\(operation) in collection '\(collection)'")
    guard result.status == "completed" else {
      throw QdrantError(
        .timeout,
        "Qdrant at \(endpoint.shownURL) has not applied a change of collection '\(collection)' in time: it is "
          + "\(result.status).", hint: "Run the same command again when the server is less busy.")
    }
  }

  private struct UpdateResult: Decodable {
    var status: String
  }
}

/// A selection as a body holds it.
private struct Selected: Encodable {
  var points: [PointID]?
  var filter: Filter?

  init(_ selection: PointSelection) {
    switch selection {
    case .points(let ids): points = ids
    case .matching(let filter): self.filter = filter
    }
  }
}

private struct PayloadChange<Payload: Encodable>: Encodable {
  var payload: Payload
  var points: [PointID]?
  var filter: Filter?

  init(payload: Payload, _ selected: Selected) {
    self.payload = payload
    points = selected.points
    filter = selected.filter
  }
}

private struct PayloadRemoval: Encodable {
  var keys: [String]
  var points: [PointID]?
  var filter: Filter?

  init(keys: [String], _ selected: Selected) {
    self.keys = keys
    points = selected.points
    filter = selected.filter
  }
}

extension PointSelection {
  fileprivate var isEmpty: Bool {
    if case .points(let ids) = self { return ids.isEmpty }
    return false
  }

  /// Selections of bodies of bounded size.
  fileprivate var parts: [PointSelection] {
    guard case .points(let ids) = self, ids.count > 10_000 else { return [self] }
    return stride(from: 0, to: ids.count, by: 10_000).map { start in
      .points(Array(ids[start..<min(start + 10_000, ids.count)]))
    }
  }
}
