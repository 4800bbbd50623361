import Models

extension APIDescription {
  /// Schemas that several operations share, by name.
  static let schemas: KeyValuePairs<String, JSONValue> = [
    "Error": Schema.object([
      "error": Schema.object([
        "code": Schema.string("For programs: lower case with underscores, and stable."),
        "message": Schema.string("What failed, and why."),
        "hint": ["type": ["string", "null"], "description": "What to do about it."],
        "request_id": ["type": ["string", "null"], "description": "Names the request in the server's log."],
      ])
    ]),
    "Passage": Schema.object(
      [
        "chunk_id": Schema.integer("Number of the chunk in the corpus."),
        "document_id": Schema.integer("Number of the document, as in /api/documents/{id}."),
        "document": Schema.string("Short name of the document."),
        "source": Schema.string("Path or URL of the document."),
        "collection": Schema.string(),
        "title?": Schema.string(),
        "heading_path": Schema.array(Schema.string(), "Headings above the passage, outermost first."),
        "page?": Schema.integer("From 1, where the original has pages."),
        "anchor?": Schema.string("Fragment that links into the original."),
        "url?": Schema.string("Where the passage is on the web, anchor included."),
        "start": Schema.integer("First code point in the document's stored text."),
        "end": Schema.integer("Code point after the last."),
        "text": Schema.string(),
        "ordinal": Schema.integer("Position of the chunk in its document, from 0."),
        "score": Schema.number("What the list is ordered by; higher is better."),
        "dense_score?": Schema.number("Cosine of question and passage, -1 to 1."),
        "lexical_score?": Schema.number("BM25, above 0."),
        "rerank_score?": Schema.number("The reranker's score, 0 to 1, where it had the time."),
        "chunks?": Schema.integer("How many neighbouring chunks were merged; absent for one."),
        "duplicates?": Schema.array(
          Schema.object([
            "document": Schema.string(), "source": Schema.string(), "start": Schema.integer(),
            "end": Schema.integer(),
          ]), "Other documents that say the same in almost the same words, which were left out."),
      ], "A passage that a search found."),
    "SearchResult": Schema.object([
      "query": Schema.string("The question as it was asked."), "mode": searchMode,
      "milliseconds": Schema.number("Time that the search took."),
      "corrected_query?": Schema.string(
        "What was searched for, where words of the question were mistyped."),
      "passages": Schema.array(Schema.named("Passage"), "Best first."),
      "best_dense_score?": Schema.number("Highest cosine of the question and a passage, -1 to 1."),
      "reranking?": Schema.named("Reranking"),
      "degraded?": Schema.boolean("Whether words alone were searched for, as the embedding model failed."),
      "degraded_reason?": Schema.anyObject(
        "What failed, and what to do about it: code, message, hint, part."),
    ]),
    "Reranking": Schema.object(
      [
        "model?": Schema.string("Absent where none is set up."),
        "milliseconds": Schema.number("Time that it took."),
        "scored": Schema.integer("Passages that were scored before the time was spent; they come first."),
        "candidates": Schema.integer("Passages that should have been."),
        "degraded": Schema.boolean("Whether the passages have the order of the search alone."),
        "degraded_reason?": Schema.object([
          "code": Schema.string(), "message": Schema.string(), "hint?": Schema.string(),
        ]),
        "left_out_until?": Schema.string(
          "Where it failed again and again: when a search asks it next.", format: "date-time"),
        "search_units?": Schema.integer("Searches that its provider bills."),
        "cost?": Schema.number("United States dollars."),
      ], "What the reranker did for a search."),
    "Document": Schema.object([
      "id": Schema.integer(), "collection": Schema.string(),
      "source": Schema.string("Path, URL, or upload:///NAME."), "name": Schema.string(),
      "title?": Schema.string(), "url?": Schema.string("Its page on the web."), "status": documentStatus,
      "error?": Schema.string("Why the last attempt to read it failed."),
      "notes": Schema.array(Schema.string(), "What was repaired or left out when it was read."),
      "missing": Schema.array(
        Schema.string(), "Those of the notes that say what text could not be had: it was read in part."),
      "tags": Schema.array(Schema.string()), "chunks": Schema.integer(),
      "size": Schema.integer("Bytes of the source."), "updated_at": Schema.string(format: "date-time"),
    ]),
    "Upload": Schema.object([
      "id": Schema.string(), "name": Schema.string(), "collection": Schema.string(),
      "tags": Schema.array(Schema.string()), "size": Schema.integer("Bytes."), "status": uploadStatus,
      "error?": Schema.string("Why it failed, or why it waits for another attempt."),
      "chunks?": Schema.integer(), "document_id?": Schema.integer(),
      "created_at": Schema.string(format: "date-time"), "updated_at": Schema.string(format: "date-time"),
    ]),
    "Uploads": Schema.object(["uploads": Schema.array(Schema.named("Upload"))]),
    "HealthPart": Schema.object([
      "status": healthStatus, "latency_ms": Schema.number(), "detail": Schema.string("What was found."),
      "hint?": Schema.string("What to do about it."),
      "code?": Schema.string("What is wrong, for programs."),
      "counts?": Schema.map(Schema.integer()),
      "models?": Schema.array(
        Schema.string(), "Models that the key can use, where the one that is configured is not among them."),
      "last_error?": Schema.object(
        [
          "at": Schema.number("Seconds since 1970."), "code?": Schema.string(), "message": Schema.string(),
          "hint?": Schema.string(),
        ], "The last time that the part did not work."),
    ]),
    "HealthReport": Schema.object([
      "status": healthStatus, "parts": Schema.map(Schema.named("HealthPart"), "By name."),
    ]),
  ]

  static let searchMode = Schema.choice(
    ["reranked", "hybrid", "dense", "lexical"],
    "How passages are looked for; reranked where a reranker is set up and hybrid elsewhere by default.")
  static let documentStatus = Schema.choice(
    ["ready", "outdated", "failed"], "Outdated: it changed and could not be read again.")
  static let uploadStatus = Schema.choice(["queued", "running", "ready", "failed"])
  static let healthStatus = Schema.choice(
    ["healthy", "degraded", "unhealthy"], "Degraded: it works with less than it could.")
}
