extension Schema {
  /// The codes of a large corpus's vectors, so that an index is opened without reading and coding every vector. What
  /// has changed since is in chunk_changes.
  static let codes = """
    CREATE TABLE code_sets (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      model_id INTEGER NOT NULL REFERENCES models,
      format INTEGER NOT NULL,
      -- Last row of chunk_changes that it has seen.
      change INTEGER NOT NULL,
      center BLOB NOT NULL,
      -- NULL until all pieces are there.
      row_count INTEGER
    ) STRICT;
    CREATE TABLE code_pieces (
      id INTEGER PRIMARY KEY,
      set_id INTEGER NOT NULL REFERENCES code_sets,
      number INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (set_id, number)
    ) STRICT;
    """
}
