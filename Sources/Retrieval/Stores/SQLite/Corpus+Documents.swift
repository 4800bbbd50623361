import FoundationEssentials
import SQLite

extension Corpus {
  public func state(of source: String, in collection: String) throws -> DocumentState? {
    try reported {
      try connection.first(
        """
        SELECT hash, recipe, status, name, (SELECT group_concat(tag, char(31)) FROM tags WHERE document_id = id)
        FROM documents WHERE collection = ? AND source = ?
        """, .text(collection), .text(source)
      ) { row in
        DocumentState(
          hash: row.blob(0), recipe: row.text(1),
          status: StoredDocument.Status(rawValue: row.text(2)) ?? .failed, name: row.text(3),
          tags: Set(row.text(4).split(separator: "\u{1F}").map(String.init)))
      }
    }
  }

  /// Writes documents with their chunks in the place of what was stored of them, all or none.
  func replace(_ documents: [IndexedDocument]) throws {
    guard !documents.isEmpty else { return }
    try write {
      var lexical = LexicalChange()
      for document in documents { try replace(document, &lexical) }
      try apply(lexical)
    }
  }

  private func replace(_ document: IndexedDocument, _ lexical: inout LexicalChange) throws {
    let now = Value(Int(Date().timeIntervalSince1970))
    func lines(_ notes: [String]) -> Value { Value(notes.isEmpty ? nil : notes.joined(separator: "\n")) }
    try connection.run(
      """
      INSERT INTO documents
        (collection, source, name, title, text, hash, recipe, size, modified, status, error, notes, missing,
         added_at, updated_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'ready', NULL, ?10, ?12, ?11, ?11)
      ON CONFLICT (collection, source) DO UPDATE SET
        name = ?3, title = ?4, text = ?5, hash = ?6, recipe = ?7, size = ?8, modified = ?9, status = 'ready',
        error = NULL, notes = ?10, missing = ?12, updated_at = ?11
      """,
      .text(document.collection), .text(document.source), .text(document.name),
      Value(document.document.title),
      .text(document.document.text), .blob(document.hash.bytes), .text(document.recipe), Value(document.size),
      Value(document.modified), lines(document.document.notes), now, lines(document.document.missing))
    guard let id = try id(of: document.source, in: document.collection) else { return }
    try noteRemoval(of: id, in: &lexical)
    try connection.run("DELETE FROM chunks WHERE document_id = ?", Value(id))
    for (chunk, hash) in zip(document.chunks, document.hashes) {
      try connection.run(
        """
        INSERT INTO chunks
          (document_id, ordinal, start, "end", heading_path, page, anchor, tokens, header, text, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        Value(id), Value(chunk.ordinal), Value(chunk.range.lowerBound), Value(chunk.range.upperBound),
        .text(HeadingPath.encoded(chunk.headingPath)), Value(chunk.page), Value(chunk.anchor),
        Value(chunk.tokens), .text(chunk.header), .text(chunk.text), .blob(hash))
      lexical.add(
        row: Int(connection.lastInsertedRow),
        LexicalChange.Added(document: id, header: chunk.header, text: chunk.text))
    }
    try setTags(document.tags, of: id)
  }

  private func id(of source: String, in collection: String) throws -> Int? {
    try connection.first(
      "SELECT id FROM documents WHERE collection = ? AND source = ?", .text(collection), .text(source)
    ) { $0.integer(0) }
  }

  private func setTags(_ tags: [String], of id: Int) throws {
    try connection.run("DELETE FROM tags WHERE document_id = ?", Value(id))
    for tag in Set(tags) { try connection.run("INSERT INTO tags VALUES (?, ?)", Value(id), .text(tag)) }
  }

  public func relabel(_ source: String, in collection: String, name: String, tags: [String]) throws {
    try write {
      guard let id = try id(of: source, in: collection) else { return }
      try connection.run("UPDATE documents SET name = ? WHERE id = ?", .text(name), Value(id))
      try setTags(tags, of: id)
    }
  }

  public func recordFailure(_ failure: SourceFailure, in collection: String, tags: [String]) throws {
    let now = Value(Int(Date().timeIntervalSince1970))
    try write {
      // An empty hash never equals a content's, so the document is read again next time.
      try connection.run(
        """
        INSERT INTO documents
          (collection, source, name, text, hash, recipe, size, modified, status, error, added_at, updated_at)
        VALUES (?1, ?2, ?3, '', x'', '', 0, NULL, 'failed', ?4, ?5, ?5)
        ON CONFLICT (collection, source) DO UPDATE SET
          status = iif(status = 'failed', 'failed', 'outdated'), hash = x'', error = ?4, updated_at = ?5
        """,
        .text(collection), .text(failure.source), .text(failure.name), .text(failure.error.description), now)
      // Chunks of an earlier version keep the tags that they are found by.
      let id = try connection.first(
        "SELECT id FROM documents WHERE collection = ? AND source = ? AND status = 'failed'",
        .text(collection), .text(failure.source)
      ) { $0.integer(0) }
      if let id { try setTags(tags, of: id) }
    }
  }

  public func sources(below prefix: String, in collection: String) throws -> [String] {
    try reported {
      try connection.query(
        "SELECT source FROM documents WHERE collection = ?1 AND substr(source, 1, length(?2)) = ?2",
        .text(collection), .text(prefix)
      ) { $0.text(0) }
    }
  }

  public func remove(_ sources: [String], in collection: String) throws {
    try remove(try reported { try sources.compactMap { try id(of: $0, in: collection) } })
  }

  /// Removes documents and their chunks; their vectors stay in the embedding cache.
  func remove(_ ids: [Int]) throws {
    guard !ids.isEmpty else { return }
    try write {
      var lexical = LexicalChange()
      for id in ids {
        try noteRemoval(of: id, in: &lexical)
        try connection.run("DELETE FROM documents WHERE id = ?", Value(id))
      }
      try apply(lexical)
    }
  }

  public func remove(_ source: String, in collection: String? = nil) throws -> [RemovedDocument] {
    let matches = try documents(matching: SearchFilter(collections: collection.map { [$0] } ?? []))
      .filter { document in
        document.source == source || document.name == source
          || document.source.hasPrefix(source + "!/") || document.name.hasPrefix(source + "!/")
          || (source.hasSuffix("/") && (document.source.hasPrefix(source) || document.name.hasPrefix(source)))
      }
    guard !matches.isEmpty else { throw CorpusError.notFound(source, in: self) }
    try remove(matches.map(\.id))
    return matches.map { RemovedDocument(source: $0.source, collection: $0.collection) }
  }

  public func documents(matching filter: SearchFilter = SearchFilter()) throws -> [StoredDocument] {
    let (condition, values) = filter.condition
    return try documents(where: condition, values, order: "ORDER BY collection, source")
  }

  func documents(where condition: String, _ values: [Value], order: String = "") throws -> [StoredDocument] {
    var documents: [StoredDocument] = []
    let links = try links()
    try reported {
      try connection.forEach(
        """
        SELECT id, collection, source, name, title, status, error, notes, size, updated_at,
          (SELECT count(*) FROM chunks WHERE document_id = documents.id),
          (SELECT group_concat(tag, char(31)) FROM tags WHERE document_id = documents.id), missing
        FROM documents WHERE \(condition) \(order)
        """, values
      ) { row in
        documents.append(
          StoredDocument(
            id: row.integer(0), collection: row.text(1), source: row.text(2), name: row.text(3),
            title: row.optionalText(4),
            url: DocumentLink.url(row.text(2), at: links.address(of: row.text(2), in: row.text(1))),
            status: StoredDocument.Status(rawValue: row.text(5)) ?? .failed,
            error: row.optionalText(6), notes: row.text(7).split(separator: "\n").map(String.init),
            missing: row.text(12).split(separator: "\n").map(String.init),
            tags: row.text(11).split(separator: "\u{1F}").map(String.init), chunks: row.integer(10),
            size: row.integer(8), updatedAt: row.integer(9)))
      }
    }
    return documents
  }

  public func text(of source: String) throws -> String {
    let text = try reported {
      try connection.first(
        "SELECT text FROM documents WHERE source = ?1 OR name = ?1 ORDER BY source = ?1 DESC LIMIT 1",
        .text(source)
      ) { $0.text(0) }
    }
    guard let text else { throw CorpusError.notFound(source, in: self) }
    return text
  }
}
