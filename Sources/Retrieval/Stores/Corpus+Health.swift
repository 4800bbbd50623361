import SQLite

extension Corpus {
  /// What SQLite's own check of the file and of the lexical index finds; empty if all is well.
  public func integrityProblems() throws -> [String] {
    try reported {
      var problems = try connection.query("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
      problems += try connection.query("PRAGMA foreign_key_check") { row in
        "a row of \(row.text(0)) refers to a row of \(row.text(2)) that does not exist"
      }
      do {
        try connection.run("INSERT INTO lexical (lexical, rank) VALUES ('integrity-check', 1)")
      } catch let error as SQLiteError where error.isCorrupt {
        problems.append("the lexical index does not match the chunks")
      }
      return problems
    }
  }

  /// Builds the lexical index again from the chunks.
  public func rebuildLexicalIndex() throws {
    try write { try connection.run("INSERT INTO lexical (lexical) VALUES ('rebuild')") }
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
