extension QdrantClient {
  /// Names of all collections, aliases left out.
  public func collections() async throws -> [String] {
    try await call(.get, "/collections", as: Collections.self, to: "list collections").collections.map(\.name)
  }

  private struct Collections: Decodable {
    struct Collection: Decodable {
      var name: String
    }

    var collections: [Collection]
  }

  /// The collection with this name or alias; nil if there is none.
  public func collection(_ name: String) async throws -> CollectionInfo? {
    do {
      return try await call(
        .get, path(name), as: CollectionInfo.self, to: "describe collection '\(name)'")
    } catch let error as QdrantError where error.kind == .notFound {
      return nil
    }
  }

  /// Makes a collection; nothing happens if there is one of this name.
  public func createCollection(_ name: String, _ settings: CollectionSettings) async throws {
    do {
      _ = try await call(
        .put, path(name), try JSON.encode(settings), as: Bool.self, to: "make collection '\(name)'")
    } catch let error as QdrantError
      where error.kind == .conflict
      || (error.kind == .invalidRequest && error.message.contains("already exists"))
    {
      // Somebody else, or an earlier try of ours whose answer was lost, has made it. Servers before 1.10 say 400.
    }
  }

  public func deleteCollection(_ name: String) async throws {
    _ = try await call(.delete, path(name), as: Bool.self, to: "delete collection '\(name)'")
  }

  public func createIndex(_ kind: PayloadIndex, of field: String, in collection: String) async throws {
    struct Body<Schema: Encodable>: Encodable {
      var fieldName: String
      var fieldSchema: Schema
    }
    struct Prefix: Encodable {
      var type = "keyword"
      var prefix = true
    }
    let body =
      kind == .prefix
      ? try JSON.encode(Body(fieldName: field, fieldSchema: Prefix()))
      : try JSON.encode(Body(fieldName: field, fieldSchema: kind.rawValue))
    _ = try await call(
      .put, path(collection, "/index?wait=true"), body, as: Ignored.self,
      to: "index '\(field)' of collection '\(collection)'")
  }

  public struct Alias: Sendable, Decodable, Equatable {
    public var aliasName: String
    public var collectionName: String
  }

  public func aliases() async throws -> [Alias] {
    struct Aliases: Decodable {
      var aliases: [Alias]
    }
    return try await call(.get, "/aliases", as: Aliases.self, to: "list aliases").aliases
  }

  /// The collection that an alias stands for; nil if there is no such alias.
  public func collection(ofAlias alias: String) async throws -> String? {
    try await aliases().first { $0.aliasName == alias }?.collectionName
  }

  /// Lets an alias stand for a collection, at once also where it stood for another one.
  public func setAlias(_ alias: String, to collection: String) async throws {
    struct Action: Encodable {
      struct Creation: Encodable {
        var collectionName: String
        var aliasName: String
      }
      struct Deletion: Encodable {
        var aliasName: String
      }

      var deleteAlias: Deletion?
      var createAlias: Creation?
    }
    // Both actions are applied with nothing in between.
    let old = try await self.collection(ofAlias: alias).map { _ in
      Action(deleteAlias: .init(aliasName: alias))
    }
    let new = Action(createAlias: .init(collectionName: collection, aliasName: alias))
    _ = try await call(
      .post, "/collections/aliases", try JSON.encode(["actions": [old, new].compactMap { $0 }]),
      as: Bool.self,
      to: "let '\(alias)' stand for collection '\(collection)'")
  }

  public func deleteAlias(_ alias: String) async throws {
    let action = ["delete_alias": ["alias_name": alias]]
    _ = try await call(
      .post, "/collections/aliases", try JSON.encode(["actions": [action]]), as: Bool.self,
      to: "delete alias '\(alias)'")
  }

  public struct Snapshot: Sendable, Decodable {
    public var name: String
    /// In bytes.
    public var size: Int
  }

  /// Writes a snapshot of a collection to the server's disk; returns when it is complete.
  public func createSnapshot(of collection: String) async throws -> Snapshot {
    try await call(
      .post, path(collection, "/snapshots?wait=true"), as: Snapshot.self,
      to: "write a snapshot of collection '\(collection)'")
  }

  public func snapshots(of collection: String) async throws -> [Snapshot] {
    try await call(
      .get, path(collection, "/snapshots"), as: [Snapshot].self,
      to: "list snapshots of collection '\(collection)'")
  }

  public func deleteSnapshot(_ name: String, of collection: String) async throws {
    _ = try await call(
      .delete, path(collection, "/snapshots/\(name)?wait=true"), as: Bool.self,
      to: "delete snapshot '\(name)' of collection '\(collection)'")
  }
}
