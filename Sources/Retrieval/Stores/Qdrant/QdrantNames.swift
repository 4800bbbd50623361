import Cryptography
import Models
import Qdrant

/// Names of collections and points, all made of what they stand for: whoever writes the same thing writes the same
/// point, so that any number of processes may write and a run that broke off is simply repeated.
struct QdrantNames: Sendable {
  /// The corpus's name, and the alias of the collection of chunks that is searched.
  let corpus: String

  /// Documents, their texts, and the generation.
  var documents: String { corpus + "-documents" }

  /// Start of the names of collections of chunks, of which there is one for each embedding model.
  var chunksPrefix: String { corpus + "-chunks-" }

  /// Chunks with vectors of one embedding model.
  func chunks(_ fingerprint: EmbeddingFingerprint) throws -> String {
    chunksPrefix + ContentHash(of: try fingerprint.stored).hexadecimal.prefix(12)
  }

  /// The point that describes its collection.
  static let meta = PointID("meta")

  static func document(_ source: String, in collection: String) -> PointID {
    PointID("document", collection, source)
  }

  /// One version of a document as it was cut: equal contents cut in the same way are the same revision.
  static func revision(_ document: IndexedDocument) -> String {
    let hashes = zip(document.chunks, document.hashes).map { chunk, hash in
      "\(chunk.range.lowerBound)-\(chunk.range.upperBound):\(Hexadecimal.encode(hash))"
    }
    return PointID(
      "revision", document.collection, document.source, document.hash.hexadecimal, document.recipe,
      hashes.joined(separator: ",")
    ).description
  }

  static func chunk(_ ordinal: Int, of revision: String) -> PointID {
    PointID("chunk", revision, "\(ordinal)")
  }

  static func text(_ part: Int, of revision: String) -> PointID { PointID("text", revision, "\(part)") }

  /// What a crawl remembers under a key.
  static func crawl(_ key: String, of crawl: String) -> PointID { PointID("crawl", crawl, key) }

  /// A vector whose document has not been written yet, by the hash of its text.
  static func waiting(_ hash: [UInt8]) -> PointID { PointID("waiting", Hexadecimal.encode(hash)) }
}

extension PointID {
  /// A UUID of version 8 (RFC 9562, section 5.8): 122 bits of the SHA-256 of `parts`.
  fileprivate init(_ parts: String...) {
    var bytes = Array(ContentHash(of: parts.joined(separator: "\0")).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Hexadecimal.encode(bytes))
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    self = .uuid(groups.joined(separator: "-"))
  }

  /// A number for programs that know points by numbers: 48 bits, which every JSON reader keeps. Enough to tell
  /// the results of one search apart; the id itself tells all points apart.
  var number: Int {
    switch self {
    case .number(let number): Int(truncatingIfNeeded: number & 0xFFFF_FFFF_FFFF)
    case .uuid(let text): Int(text.filter { $0 != "-" }.prefix(12), radix: 16) ?? 0
    }
  }
}

extension Hexadecimal {
  /// Empty for what is no such text.
  static func bytes(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return [] }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
