import Models
import SQLite

/// What a corpus holds, in numbers.
public struct CorpusStatus: Sendable, Equatable, Codable {
  public struct Collection: Sendable, Equatable, Codable {
    public var name: String
    public var documents: Int
    public var chunks: Int
  }

  public var path: String
  /// Size of the file and of its write-ahead log, in bytes.
  public var bytes: Int
  public var model: EmbeddingFingerprint?
  /// Counts committed changes.
  public var generation: Int
  public var documents: Int
  /// Documents that were never read.
  public var failed: Int
  /// Documents whose last reading failed and which are there in an earlier version.
  public var outdated: Int
  public var chunks: Int
  /// Vectors of the model, those of texts no longer in use included.
  public var embeddings: Int
  public var collections: [Collection]
}

extension Corpus {
  public func status() throws -> CorpusStatus {
    try read {
      func count(_ sql: String) throws -> Int { try connection.first(sql) { $0.integer(0) } ?? 0 }
      let model = try model(named: "model")
      return CorpusStatus(
        path: path, bytes: FileAccess.size(path) + FileAccess.size(path + "-wal"), model: model?.fingerprint,
        generation: try setting("generation").flatMap { Int($0) } ?? 0,
        documents: try count("SELECT count(*) FROM documents"),
        failed: try count("SELECT count(*) FROM documents WHERE status = 'failed'"),
        outdated: try count("SELECT count(*) FROM documents WHERE status = 'outdated'"),
        chunks: try count("SELECT count(*) FROM chunks"),
        embeddings: try model.map { try count("SELECT count(*) FROM embeddings WHERE model_id = \($0.id)") }
          ?? 0,
        collections: try connection.query(
          """
          SELECT collection, count(*), sum((SELECT count(*) FROM chunks WHERE document_id = documents.id))
          FROM documents GROUP BY collection ORDER BY collection
          """
        ) { CorpusStatus.Collection(name: $0.text(0), documents: $0.integer(1), chunks: $0.integer(2)) })
    }
  }
}
