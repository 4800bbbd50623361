extension Schema {
  /// What an index of vectors is loaded and kept up to date by.
  static let vectors = """
    -- Which chunk needs which vector, without the chunks' texts.
    CREATE INDEX chunks_by_vector ON chunks (document_id, hash);

    -- The last chunks that came (document_id and hash set) and went (both NULL), in order; an index that has seen a
    -- row needs only the later ones.
    CREATE TABLE chunk_changes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      chunk_id INTEGER NOT NULL,
      document_id INTEGER,
      hash BLOB
    ) STRICT;
    CREATE TRIGGER chunk_change_inserted AFTER INSERT ON chunks BEGIN
      INSERT INTO chunk_changes (chunk_id, document_id, hash) VALUES (new.id, new.document_id, new.hash);
    END;
    CREATE TRIGGER chunk_change_deleted AFTER DELETE ON chunks BEGIN
      INSERT INTO chunk_changes (chunk_id) VALUES (old.id);
    END;
    """
}
