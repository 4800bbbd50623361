import HTTPServer
import Models

extension APIDescription {
  /// Which documents are searched.
  static let filter = Schema.object([
    "collections?": Schema.array(Schema.string()), "tags?": Schema.array(Schema.string()),
    "source_prefix?": Schema.string("Start of the source or of its short name."),
  ])

  static let searchOperations = [
    APIOperation(
      .post, "/api/search", "search", tag: "Search", "Find passages",
      body: [
        .json(
          Schema.object([
            "query": Schema.string("The question or its words."),
            "k?": Schema.integer("How many passages.", 1...1000, default: 10), "mode?": searchMode,
            "filter?": filter,
            "correct_spelling?": Schema.boolean(
              "Whether words that look mistyped are put right where that finds nearer passages; true if left out."
            ),
          ]))
      ], replies: [.ok("Passages, best first.", Schema.named("SearchResult"))])
  ]

  static let documentOperations = [
    APIOperation(
      .get, "/api/documents", "listDocuments", tag: "Documents", "List documents", access: .administrator,
      parameters: [
        .query("collection", Schema.string("May be repeated.")), .query("tag", Schema.string()),
        .query("status", documentStatus), .query("prefix", Schema.string("Start of source or name.")),
        .query("limit", Schema.integer("", 1...1000, default: 100)),
        .query("offset", Schema.integer("", 0...Int(Int32.max), default: 0)),
      ],
      replies: [
        .ok(
          "Documents by collection and source.",
          Schema.object([
            "documents": Schema.array(Schema.named("Document")), "total": Schema.integer(),
            "next_offset?": Schema.integer("The offset of the next page; absent on the last."),
          ]))
      ]),
    APIOperation(
      .post, "/api/documents", "uploadDocuments", tag: "Documents", "Send documents",
      description: """
        They are stored before the reply comes and taken in one after the other. A document of the same name and \
        collection is replaced; content that the corpus has already is not embedded again. Where the corpus's chunks \
        are described by a chat model, those of the document are too, within DESCRIBE_LIMIT and the caps on spending; \
        one that has to wait for that stays queued and says in `error` why.
        """,
      access: .administrator,
      body: [
        .json(
          Schema.object([
            "name": Schema.string("Its ending tells the format: .md, .txt, .html, .rst and others."),
            "text": Schema.string(), "collection?": Schema.string(), "tags?": Schema.array(Schema.string()),
          ])),
        .other(
          "multipart/form-data",
          Schema.object([
            "file": Schema.array(["type": "string", "contentMediaType": "application/octet-stream"]),
            "collection?": Schema.string(), "tags?": Schema.string("Separated by commas."),
          ])),
      ],
      replies: [
        APIOperation.Reply(
          status: 202, description: "They are stored and will be taken in.",
          contents: [.json(Schema.named("Uploads"))])
      ]),
    APIOperation(
      .delete, "/api/documents", "removeDocuments", tag: "Documents", "Remove documents by source",
      access: .administrator,
      parameters: [
        .init(
          name: "source", schema: Schema.string("A source; with / at its end, all that begin with it."),
          isRequired: true), .query("collection", Schema.string()),
      ], replies: [removed]),
    APIOperation(
      .get, "/api/documents/{id}", "getDocument", tag: "Documents", "Describe a document",
      access: .administrator, replies: [.ok("The document.", Schema.named("Document"))]),
    APIOperation(
      .delete, "/api/documents/{id}", "removeDocument", tag: "Documents", "Remove a document",
      access: .administrator, replies: [removed]),
    APIOperation(
      .get, "/api/documents/{id}/text", "getDocumentText", tag: "Documents", "Read a range of a document",
      description: "For showing a citation in its place: positions are those of citations and passages.",
      parameters: [
        .query("start", Schema.integer("First code point.", 0...Int(Int32.max), default: 0)),
        .query("end", Schema.integer("Code point after the last; 20,000 after the start by default.")),
        .query("context", Schema.integer("Code points before and after.", 0...10_000, default: 0)),
      ],
      replies: [
        .ok(
          "The range, cut to what there is.",
          Schema.object([
            "document": Schema.named("Document"), "start": Schema.integer(), "end": Schema.integer(),
            "length": Schema.integer("Code points of the whole text."), "text": Schema.string(),
            "before": Schema.string(), "after": Schema.string(),
            "heading_path": Schema.array(Schema.string()), "page?": Schema.integer(),
            "anchor?": Schema.string(), "url?": Schema.string("Where the range is on the web."),
          ]))
      ]),
    APIOperation(
      .get, "/api/documents/uploads", "listUploads", tag: "Documents", "List what was sent, latest first",
      access: .administrator,
      parameters: [
        .query("status", uploadStatus), .query("limit", Schema.integer("", 1...1000, default: 100)),
      ], replies: [.ok("Uploads.", Schema.named("Uploads"))]),
    APIOperation(
      .get, "/api/documents/uploads/{id}", "getUpload", tag: "Documents", "See how far an upload is",
      access: .administrator, replies: [.ok("The upload.", Schema.named("Upload"))]),
  ]

  private static let removed = APIOperation.Reply.ok(
    "The sources that were removed.", Schema.object(["removed": Schema.array(Schema.string())]))

  static let healthOperations = [
    APIOperation(
      .get, "/health", "live", tag: "Health", "Whether the process answers",
      replies: [.ok("It does; no part was touched.", Schema.object(["status": Schema.choice(["ok"])]))]),
    APIOperation(
      .get, "/api/health", "health", tag: "Health", "Whether every part works",
      description: "Answers within two seconds whatever hangs, and at most once in a few seconds looks anew.",
      replies: [
        .ok("Healthy or degraded.", Schema.named("HealthReport")),
        APIOperation.Reply(
          status: 503, description: "Unhealthy.", contents: [.json(Schema.named("HealthReport"))]),
      ]),
    APIOperation(
      .get, "/metrics", "metrics", tag: "Health", "Counters for Prometheus",
      replies: [
        APIOperation.Reply(
          status: 200, description: "Text format 0.0.4.", contents: [.other("text/plain")])
      ]),
  ]

  static let analyticsOperations = [
    report("message", "reportMessage", "Report a message"),
    report("thread-change", "reportThreadChange", "Report a change of threads"),
    APIOperation(
      .post, "/api/errors", "reportError", tag: "Analytics", "Report an error of a page",
      body: [.json(Schema.anyObject("message, stack, url and whatever else helps."))],
      replies: [.ok("It is stored.", Schema.object(["status": Schema.choice(["logged"])]))]),
    APIOperation(
      .get, "/api/analytics", "listEvents", tag: "Analytics", "What pages reported, latest first",
      description: kept,
      access: .administrator,
      parameters: [.query("kind", Schema.choice(["message", "thread_change", "thread-change"]))] + span,
      replies: [.ok("Events.", Schema.object(["events": Schema.array(event)]))]),
    APIOperation(
      .get, "/api/errors", "listErrors", tag: "Analytics", "Errors that pages reported, latest first",
      description: kept, access: .administrator, parameters: span,
      replies: [.ok("Errors.", Schema.object(["errors": Schema.array(event)]))]),
  ]

  private static let kept =
    "Reports are kept for as long as RECORD_RETENTION says, 90 days by default, and of either kind the latest 64 MiB."

  private static func report(_ path: String, _ id: String, _ summary: String) -> APIOperation {
    APIOperation(
      .post, "/api/analytics/\(path)", id, tag: "Analytics", summary,
      body: [.json(Schema.anyObject("user_id, thread_id and whatever else is to be known."))],
      replies: [.ok("It is stored.", Schema.object(["status": Schema.choice(["tracked"])]))])
  }

  private static let span: [APIOperation.Parameter] = [
    .query("since", Schema.string("ISO 8601, a day, or seconds since 1970.")),
    .query("limit", Schema.integer("", 1...10_000, default: 1000)),
  ]

  private static let event = Schema.object([
    "id": Schema.string(), "kind?": Schema.string(), "user?": Schema.string(),
    "at": Schema.string(format: "date-time"), "data": Schema.anyObject("What was sent."),
  ])

  static let chatKitOperations = [
    APIOperation(
      .post, "/api/chatkit/session", "beginChatKitSession", tag: "ChatKit", "Begin a session",
      description: "OpenAI's where CHATKIT_WORKFLOW_ID is set, else this server's own.",
      body: [.json(Schema.object(["user_id?": Schema.string(), "thread_id?": Schema.string()]))],
      isBodyRequired: false, replies: [.ok("A secret for the page.", chatKitSession)]),
    APIOperation(
      .post, "/api/chatkit/refresh", "refreshChatKitSession", tag: "ChatKit",
      "Exchange a secret for a new one",
      parameters: [.query("token", Schema.string("The secret that is about to end."))],
      body: [.json(Schema.object(["token?": Schema.string()]))], isBodyRequired: false,
      replies: [.ok("A secret for the page.", chatKitSession)]),
    APIOperation(
      .post, "/chatkit", "chatKit", tag: "ChatKit", "The self-hosted ChatKit protocol",
      description: """
        The bearer is the client_secret of a session, or the token of a sign-in. threads.create, \
        threads.add_user_message and threads.retry_after_item are answered by a stream of events; threads.list, \
        threads.get_by_id, threads.update, threads.delete, items.list and items.feedback by JSON. Threads are \
        conversations, by the same ids.
        """,
      body: [
        .json(
          Schema.object([
            "type": Schema.string("The operation, such as threads.create."),
            "params": Schema.anyObject("What the operation needs."), "metadata?": Schema.anyObject(),
          ]))
      ],
      replies: [
        APIOperation.Reply(
          status: 200, description: "What was asked for, or the events of an answer.",
          contents: [.json(Schema.anyObject()), .other("text/event-stream")])
      ]),
  ]

  private static let chatKitSession = Schema.object([
    "client_secret": Schema.string(), "expires_at": Schema.integer("Seconds since 1970."),
    "expires_in": Schema.integer("Seconds."), "session_id": Schema.string(), "user_id": Schema.string(),
    "thread_id?": Schema.string(), "hosted": Schema.boolean("Whether the secret is OpenAI's."),
  ])
}
