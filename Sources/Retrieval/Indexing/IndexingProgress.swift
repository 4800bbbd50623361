/// How far a run of the indexer is.
public struct IndexingProgress: Sendable, Equatable {
  /// Documents that are committed, unchanged or failed.
  public var documents = 0
  public var totalDocuments = 0
  /// Chunks embedded or found in the cache so far.
  public var chunks = 0
  /// Tokens embedded so far.
  public var tokens = 0
}
