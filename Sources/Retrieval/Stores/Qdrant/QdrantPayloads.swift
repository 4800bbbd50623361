import Cryptography
import Models
import Qdrant

/// What a point of a chunk holds beside its vectors.
struct ChunkPayload: Codable, Sendable {
  /// Id of the document's point.
  var document: String
  /// The version of the document that it belongs to.
  var revision: String
  var collection: String
  var source: String
  var name: String
  var title: String?
  var tags: [String]
  var ordinal: Int
  /// Code points of the document's text.
  var start: Int
  var end: Int
  var headingPath: [String]
  var page: Int?
  var anchor: String?
  var tokens: Int
  var header: String
  var text: String
  /// Of header and text, in hexadecimal digits: vectors are found by it.
  var hash: String
  /// Length for BM25.
  var words: Int
  /// True until the chunk may be found; absent after that.
  var staged: Bool?

  var embeddedText: String { Chunk.embeddedText(header: header, text: text) }

  init(_ chunk: Chunk, hash: [UInt8], of document: IndexedDocument, id: PointID, revision: String, words: Int)
  {
    self.document = id.description
    self.revision = revision
    collection = document.collection
    source = document.source
    name = document.name
    title = document.document.title
    tags = Array(Set(document.tags)).sorted()
    ordinal = chunk.ordinal
    start = chunk.range.lowerBound
    end = chunk.range.upperBound
    headingPath = chunk.headingPath
    page = chunk.page
    anchor = chunk.anchor
    tokens = chunk.tokens
    header = chunk.header
    text = chunk.text
    self.hash = Hexadecimal.encode(hash)
    self.words = words
    staged = true
  }
}

/// A vector that waits for its document.
struct WaitingPayload: Codable, Sendable {
  var hash: String
  var staged = true
}

/// Only the hash of a chunk's text.
struct HashPayload: Codable, Sendable {
  var hash: String?
}

/// What a point of a document holds.
struct DocumentPayload: Codable, Sendable {
  static let kind = "document"

  /// A version of a document, in numbers that give the ids of all its points.
  struct Revision: Codable, Sendable, Hashable {
    var revision: String
    var chunks: Int
    var textParts: Int

    var chunkIDs: [PointID] { (0..<max(0, chunks)).map { QdrantNames.chunk($0, of: revision) } }
    var textIDs: [PointID] { (0..<max(0, textParts)).map { QdrantNames.text($0, of: revision) } }
  }

  /// In addition to those of `StoredDocument`: its points are being deleted.
  static let removed = "removed"

  var kind = Self.kind
  var collection: String
  var source: String
  var name: String
  var title: String?
  /// SHA-256 of the content in hexadecimal digits; empty if it has to be read again.
  var hash: String
  var recipe: String
  var size: Int
  var modified: Int64?
  var status: String
  var error: String?
  var notes: [String]
  /// Nil for none, and where an earlier version has written it.
  var missing: [String]?
  var tags: [String]
  /// What readers see; nil for a document that was never read.
  var revision: String?
  var chunks: Int
  var textParts: Int
  /// Versions whose points are still to be deleted.
  var obsolete: [Revision]?
  /// Seconds since 1970.
  var addedAt: Int
  var updatedAt: Int

  var isRemoved: Bool { status == Self.removed }

  var current: Revision? {
    revision.map { Revision(revision: $0, chunks: chunks, textParts: textParts) }
  }
}

/// What a search needs to know of a document.
struct DocumentHead: Codable, Sendable {
  static let members = PayloadSelection.include([
    "revision", "status", "name", "title", "chunks", "text_parts",
  ])

  var revision: String?
  var status: String?
  var name: String?
  var title: String?
  var chunks: Int?
  var textParts: Int?

  /// Ids of the points that hold its text; none where that is not known.
  var textIDs: [PointID] {
    guard let revision, let textParts, textParts > 0 else { return [] }
    return (0..<textParts).map { QdrantNames.text($0, of: revision) }
  }
}

/// A piece of a document's text: a whole one may be larger than a request may be.
struct TextPayload: Codable, Sendable {
  /// Bytes of a piece at most.
  static let size = 2 << 20

  var kind = "text"
  var text: String
}

/// What the documents' collection says about itself.
struct GenerationPayload: Codable, Sendable {
  var kind = "meta"
  var generation: Int
}

/// What a collection of chunks says about itself.
struct MetaPayload: Codable, Sendable {
  var kind = "meta"
  /// Hides the point from searches.
  var staged = true
  /// `EmbeddingFingerprint.stored` of the model whose vectors it holds.
  var fingerprint: String
  /// That of the model before.
  var previous: String?
  /// That of the model that a change has been begun to and not finished.
  var next: String?
  /// `LexicalOptions.stored`.
  var lexical: String
  /// Average length of the chunks that the weights of their words were worked out with.
  var averageWords: Double?
}
