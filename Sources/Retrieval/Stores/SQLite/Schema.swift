import SQLite

/// Tables of the corpus database.
enum Schema {
  /// `application_id` of a corpus file: "FNOT" in ASCII.
  static let applicationID = 0x464E_4F54

  static let migrations = Migrations([
    """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO settings VALUES ('generation', '0'), ('lexical', '\(LexicalOptions().stored)');

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

    -- The lexical index: segments of chunks that never change, and which of their chunks have been removed since.
    -- A number is never given twice, so that a reader knows a segment that it has loaded by it.
    CREATE TABLE lexical_segments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      chunks INTEGER NOT NULL,
      deleted INTEGER NOT NULL,
      size INTEGER NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE lexical_pieces (
      segment_id INTEGER NOT NULL REFERENCES lexical_segments,
      number INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (segment_id, number)
    ) STRICT;
    CREATE TABLE lexical_deletions (
      segment_id INTEGER NOT NULL REFERENCES lexical_segments,
      block INTEGER NOT NULL,
      bits BLOB NOT NULL,
      PRIMARY KEY (segment_id, block)
    ) STRICT, WITHOUT ROWID;
    """,
    vectors,
    """
    -- What crawls of websites remember between runs: values by the crawl's own keys.
    CREATE TABLE crawls (
      crawl TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (crawl, key)
    ) STRICT, WITHOUT ROWID;
    """,
    codes,
    """
    -- Those of the notes that say what text of a document could not be had.
    ALTER TABLE documents ADD COLUMN missing TEXT;
    """,
  ])
}
