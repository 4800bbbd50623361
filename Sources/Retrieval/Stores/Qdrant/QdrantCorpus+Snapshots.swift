import Qdrant

/// A snapshot of one collection on its server, or the copy of a file.
public struct CorpusSnapshot: Sendable, Encodable, Equatable {
  public var name: String
  public var collection: String
  /// Bytes.
  public var size: Int

  public init(name: String, collection: String, size: Int) {
    self.name = name
    self.collection = collection
    self.size = size
  }
}

extension QdrantCorpus {
  private var collections: [String] {
    get async throws { [names.documents, try await chunkCollection()] }
  }

  /// Has the server write a snapshot of each collection of the corpus.
  ///
  /// - Returns: the snapshots, and whether nothing was committed while they were written: only then they belong together.
  public func createSnapshots() async throws -> (snapshots: [CorpusSnapshot], isWhole: Bool) {
    try await reported {
      let generation = try await self.generation
      var made: [CorpusSnapshot] = []
      for collection in try await collections {
        made.append(CorpusSnapshot(try await client.createSnapshot(of: collection), of: collection))
      }
      return (made, try await self.generation == generation)
    }
  }

  /// Ordered by collection and name, in which the server puts the time.
  public func snapshots() async throws -> [CorpusSnapshot] {
    try await reported {
      var found: [CorpusSnapshot] = []
      for collection in try await collections {
        found += try await client.snapshots(of: collection).map { CorpusSnapshot($0, of: collection) }
      }
      return found.sorted { ($0.collection, $0.name) < ($1.collection, $1.name) }
    }
  }

  /// - Throws: `CorpusError` if the corpus has no such snapshot.
  public func deleteSnapshot(_ name: String) async throws {
    guard let snapshot = try await snapshots().first(where: { $0.name == name }) else {
      throw CorpusError(
        .notFound,
        "There is no snapshot '\(name)' of corpus '\(location)'. 'ingest snapshot list' names those there are."
      )
    }
    try await reported { try await client.deleteSnapshot(name, of: snapshot.collection) }
  }
}

extension CorpusSnapshot {
  fileprivate init(_ snapshot: QdrantClient.Snapshot, of collection: String) {
    self.init(name: snapshot.name, collection: collection, size: snapshot.size)
  }
}
