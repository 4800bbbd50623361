import Models
import SQLite

extension Corpus {
  public var previousFingerprint: EmbeddingFingerprint? {
    get throws { try reported { try model(named: "previous_model")?.fingerprint } }
  }

  public var nextModel: CorpusModel? {
    get throws { try reported { try model(named: "next_model") } }
  }

  public func prepare(_ fingerprint: EmbeddingFingerprint) throws -> CorpusModel {
    let id = try reported {
      try connection.transaction {
        let id = try register(fingerprint)
        try set("next_model", id == (try model(named: "model")?.id) ? nil : String(id))
        return id
      }
    }
    return CorpusModel(id: id, fingerprint: fingerprint)
  }

  /// Different texts of chunks that have no vector of `model`.
  func textsWithoutVector(of model: Int) throws -> Int {
    try reported {
      try connection.first(
        """
        SELECT count(DISTINCT hash) FROM chunks
        WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE model_id = ? AND embeddings.hash = chunks.hash)
        """, Value(model)
      ) { $0.integer(0) } ?? 0
    }
  }

  /// The next texts that have no vector of `model`.
  func textsToEmbed(with model: Int, limit: Int) throws -> [UnembeddedText] {
    try reported {
      try connection.query(
        """
        SELECT hash, header, text FROM chunks
        WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE model_id = ? AND embeddings.hash = chunks.hash)
        GROUP BY hash LIMIT ?
        """, Value(model), Value(limit)
      ) { row in
        let header = row.text(1)
        return UnembeddedText(
          hash: row.blob(0), text: Chunk.embeddedText(header: header, text: row.text(2)))
      }
    }
  }

  /// Makes `model` the corpus's own, if every chunk has its vector.
  func switchModel(to model: Int) throws {
    guard try textsWithoutVector(of: model) == 0 else {
      throw CorpusError.changedMeanwhile(self)
    }
    let current = try reported { try self.model(named: "model")?.id }
    guard current != model else { return }
    try write {
      try set("previous_model", current.map(String.init))
      try set("model", String(model))
      try set("next_model", nil)
    }
  }
}
