/// How documents are taken into a corpus.
public struct IndexingOptions: Sendable {
  /// Name that groups documents; a source may be in several collections.
  public var collection: String
  public var tags: [String]
  /// Keeps documents whose source is gone.
  public var keepsMissing: Bool
  public var chunking: ChunkingOptions
  /// Texts that are embedded and committed together.
  public var batch: Int

  public init(
    collection: String = "default", tags: [String] = [], keepsMissing: Bool = false,
    chunking: ChunkingOptions = ChunkingOptions(), batch: Int = 128
  ) {
    self.collection = collection
    self.tags = tags
    self.keepsMissing = keepsMissing
    self.chunking = chunking
    self.batch = max(1, batch)
  }

  /// Names how documents are cut: documents that were cut in another way are read again.
  var recipe: String {
    """
    \(Chunker.revision);\(chunking.target);\(chunking.overlap);\(chunking.minimum)
    """
  }
}
