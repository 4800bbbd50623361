/// What the corpus knows about a document, its text and chunks aside.
public struct StoredDocument: Sendable, Equatable, Codable {
  public enum Status: String, Sendable, Codable {
    /// Its chunks are those of the source as it was last read.
    case ready
    /// The source has changed, but could not be read: the chunks are those of an earlier version.
    case outdated
    /// It was never read: it has no chunks.
    case failed
  }

  public var id: Int
  public var collection: String
  /// Absolute path, path of an archive with `!/` and its member, or URL.
  public var source: String
  /// Short form of the source for people.
  public var name: String
  public var title: String?
  /// Its page on the web, be it the source or not; nil where it is nowhere there.
  public var url: String?
  public var status: Status
  /// Why the last attempt to read it failed.
  public var error: String?
  /// What was repaired or left out when it was read.
  public var notes: [String]
  /// Those of the notes that say what text could not be had: the document was read in part.
  public var missing: [String]
  public var tags: [String]
  public var chunks: Int
  /// Size of the source in bytes.
  public var size: Int
  /// Seconds since 1970 of the last change in the corpus.
  public var updatedAt: Int
}

/// A document that was taken out of a corpus.
public struct RemovedDocument: Sendable, Equatable, Codable {
  public var source: String
  public var collection: String
}

/// What decides whether a document has to be read again.
public struct DocumentState: Sendable, Equatable {
  /// SHA-256 of its content; empty if it has to be read again.
  var hash: [UInt8]
  var recipe: String
  var status: StoredDocument.Status
  var name: String
  var tags: Set<String>

  /// How the document was cut, so that it can be cut in the same way again; nil where it never was.
  public var chunking: ChunkingOptions? { ChunkingOptions(recipe: recipe) }
}

/// A document ready to be written: parsed, cut, its texts hashed.
public struct IndexedDocument: Sendable {
  var collection: String
  var source: String
  var name: String
  var size: Int
  var modified: Int64?
  var hash: ContentHash
  /// How it was parsed and cut; another recipe gives other chunks from the same bytes.
  var recipe: String
  var tags: [String]
  var document: ParsedDocument
  var chunks: [Chunk]
  /// Names of the chunks' embedded texts in the embedding cache.
  var hashes: [[UInt8]]
}
