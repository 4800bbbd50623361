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
  /// Describes chunks before they are embedded; nil leaves them as they are.
  public var describer: ChunkDescriber?

  public init(
    collection: String = "default", tags: [String] = [], keepsMissing: Bool = false,
    chunking: ChunkingOptions = ChunkingOptions(), batch: Int = 128, describer: ChunkDescriber? = nil
  ) {
    self.collection = collection
    self.tags = tags
    self.keepsMissing = keepsMissing
    self.chunking = chunking
    self.describer = describer
    // Descriptions need room in the embedding model's window.
    if describer != nil { self.chunking.reserve = ChunkDescriber.reserve }
    self.batch = max(1, batch)
  }

  /// The same, with chunks described by `describer`.
  public func describing(by describer: ChunkDescriber) -> IndexingOptions {
    var options = self
    options.describer = describer
    options.chunking.reserve = ChunkDescriber.reserve
    return options
  }

  /// Names how a document is made of its content: one that was parsed or cut in another way is read again.
  ///
  /// - Parameter parser: what the loader calls its way of parsing the content.
  func recipe(parser: String) -> String {
    """
    \(Chunker.revision);\(chunking.target);\(chunking.overlap);\(chunking.minimum)\
    \(describer.map { ";" + $0.name } ?? "")\(parser.isEmpty ? "" : ";" + parser)
    """
  }

  /// Whether a document of any format that has this recipe would be made in the same way now.
  func isCurrent(_ recipe: String) -> Bool {
    DocumentFormat.allCases.contains { self.recipe(parser: $0.parser) == recipe }
  }
}
