/// How far a run of the indexer is.
public struct IndexingProgress: Sendable, Equatable {
  /// Documents that are committed, unchanged or failed.
  public var documents = 0
  public var totalDocuments = 0
  /// Chunks embedded or found in the cache so far.
  public var chunks = 0
  /// Tokens embedded so far.
  public var tokens = 0
  /// Documents whose chunks are known, and how many these have.
  var cutDocuments = 0
  var cutChunks = 0

  /// Chunks in all, as far as can be told from the documents that have been cut.
  public var estimatedChunks: Int {
    let uncut = totalDocuments - max(cutDocuments, documents)
    guard cutDocuments > 0, uncut > 0 else { return cutChunks }
    return cutChunks + cutChunks * uncut / cutDocuments
  }
}
