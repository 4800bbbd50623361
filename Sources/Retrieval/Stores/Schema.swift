import SQLite

/// Tables of the corpus database.
enum Schema {
  /// `application_id` of a corpus file: "FNOT" in ASCII.
  static let applicationID = 0x464E_4F54

  static let migrations = Migrations([
    """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO settings VALUES ('generation', '0');

    -- One row an embedding model that the corpus has vectors of; the settings 'model' and 'previous_model' name rows.
    CREATE TABLE models (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE) STRICT;

    CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      collection TEXT NOT NULL,
      source TEXT NOT NULL,
      name TEXT NOT NULL,
      title TEXT,
      text TEXT NOT NULL,
      hash BLOB NOT NULL,
      recipe TEXT NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER,
      etag TEXT,
      status TEXT NOT NULL CHECK (status IN ('ready', 'outdated', 'failed')),
      error TEXT,
      notes TEXT,
      added_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (collection, source)
    ) STRICT;

    CREATE TABLE tags (
      document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (document_id, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_by_tag ON tags (tag, document_id);

    -- start and "end" count Unicode code points of documents.text.
    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY,
      document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      heading_path TEXT NOT NULL,
      page INTEGER,
      anchor TEXT,
      tokens INTEGER NOT NULL,
      header TEXT NOT NULL,
      text TEXT NOT NULL,
      hash BLOB NOT NULL,
      UNIQUE (document_id, ordinal)
    ) STRICT;

    -- Vectors of texts, by the hash of the text: what chunks point at, and the cache of what was embedded before.
    CREATE TABLE embeddings (
      id INTEGER PRIMARY KEY,
      model_id INTEGER NOT NULL REFERENCES models,
      hash BLOB NOT NULL,
      vector BLOB NOT NULL,
      UNIQUE (model_id, hash)
    ) STRICT;

    CREATE VIRTUAL TABLE lexical USING fts5(
      header, text, content = 'chunks', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');
    CREATE TRIGGER chunks_inserted AFTER INSERT ON chunks BEGIN
      INSERT INTO lexical (rowid, header, text) VALUES (new.id, new.header, new.text);
    END;
    CREATE TRIGGER chunks_deleted AFTER DELETE ON chunks BEGIN
      INSERT INTO lexical (lexical, rowid, header, text) VALUES ('delete', old.id, old.header, old.text);
    END;
    """,
    vectors,
  ])
}
