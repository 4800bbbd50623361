import FoundationEssentials
import Models
import SQLite

extension Corpus {
  public var model: CorpusModel? {
    get throws { try reported { try model(named: "model") } }
  }

  func model(named key: String) throws -> CorpusModel? {
    guard let id = try setting(key).flatMap({ Int($0) }) else { return nil }
    return try connection.first("SELECT fingerprint FROM models WHERE id = ?", Value(id)) { row in
      CorpusModel(id: id, fingerprint: try EmbeddingFingerprint(stored: row.text(0)))
    }
  }

  public func adopt(_ fingerprint: EmbeddingFingerprint) throws -> CorpusModel {
    if let model = try model {
      guard model.fingerprint == fingerprint else {
        throw CorpusError.otherModel(self, stored: model.fingerprint, used: fingerprint)
      }
      return model
    }
    return try write {
      let id = try register(fingerprint)
      try set("model", String(id))
      return CorpusModel(id: id, fingerprint: fingerprint)
    }
  }

  /// The row of `models` for `fingerprint`, made if there is none.
  func register(_ fingerprint: EmbeddingFingerprint) throws -> Int {
    let stored = try fingerprint.stored
    try connection.run("INSERT OR IGNORE INTO models (fingerprint) VALUES (?)", .text(stored))
    return try connection.first("SELECT id FROM models WHERE fingerprint = ?", .text(stored)) {
      $0.integer(0)
    }
      ?? 0
  }

  /// Which of `hashes` have no vector of `model` yet.
  func unembedded(_ hashes: [[UInt8]], model: Int) throws -> Set<[UInt8]> {
    try reported {
      var missing: Set<[UInt8]> = []
      for hash in hashes where !missing.contains(hash) {
        let known = try connection.first(
          "SELECT 1 FROM embeddings WHERE model_id = ? AND hash = ?", Value(model), .blob(hash)
        ) { $0.integer(0) }
        if known == nil { missing.insert(hash) }
      }
      return missing
    }
  }

  /// Keeps vectors; row i belongs to the text of `hashes[i]`. Committed at once, so that no text is ever embedded twice.
  func addEmbeddings(_ hashes: [[UInt8]], _ vectors: EmbeddingMatrix, model: Int) throws {
    try reported {
      try connection.transaction {
        for (index, hash) in hashes.enumerated() {
          let vector = vectors[index].withUnsafeBytes { Array($0) }
          try connection.run(
            "INSERT OR IGNORE INTO embeddings (model_id, hash, vector) VALUES (?, ?, ?)", Value(model),
            .blob(hash), .blob(vector))
        }
      }
    }
  }

  /// Deletes cached vectors that no chunk needs, but for those of the model before and of one that a change has been
  /// begun to, and gives the space back.
  ///
  /// - Returns: how many.
  public func pruneCache() throws -> Int {
    try reported {
      let models = try ["model", "previous_model", "next_model"].compactMap { try model(named: $0)?.id }
      let kept = models.map(String.init).joined(separator: ", ")
      let count = try connection.transaction {
        try connection.run(
          "DELETE FROM embeddings WHERE model_id NOT IN (\(kept)) OR hash NOT IN (SELECT hash FROM chunks)")
      }
      try connection.forEach("PRAGMA incremental_vacuum") { _ in }
      return count
    }
  }
}

extension EmbeddingFingerprint {
  /// The form in which a corpus keeps it: JSON with sorted keys, so that equal fingerprints are equal texts.
  var stored: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  init(stored: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(stored.utf8))
  }
}
