import SQLite

extension Corpus {
  /// What SQLite's own check of the file and ours of the lexical index find; empty if all is well.
  public func integrityProblems() throws -> [String] {
    try reported {
      var problems = try connection.query("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
      problems += try connection.query("PRAGMA foreign_key_check") { row in
        "a row of \(row.text(0)) refers to a row of \(row.text(2)) that does not exist"
      }
      problems += try lexicalProblems()
      return problems
    }
  }

  /// Builds the lexical index again from the chunks, by the rules of this version.
  public func rebuildLexicalIndex() throws {
    try write {
      let stored = try setting("lexical").flatMap {
        LexicalOptions(stored: $0) ?? LexicalOptions(earlier: $0)
      }
      try set("lexical", (stored ?? LexicalOptions()).stored)
      try rebuildSegments()
    }
  }

  /// Chunks without a vector of the corpus's model: dense search cannot find them.
  public func chunksWithoutVector() throws -> Int {
    try reported {
      guard let model = try model(named: "model") else { return 0 }
      return try connection.first(
        """
        SELECT count(*) FROM chunks
        WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE model_id = ? AND embeddings.hash = chunks.hash)
        """, Value(model.id)
      ) { $0.integer(0) } ?? 0
    }
  }
}
