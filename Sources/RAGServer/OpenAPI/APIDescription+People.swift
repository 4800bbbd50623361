import HTTPServer
import Models

extension APIDescription {
  static let accountOperations = [
    APIOperation(
      .post, "/api/auth/login", "signIn", tag: "Accounts", "Sign in",
      body: [.json(Schema.object(["email": Schema.string(), "password": Schema.string()]))],
      replies: [
        .ok(
          "A token for 'Authorization: Bearer'.",
          Schema.object([
            "token": Schema.string(), "expires_at": Schema.string(format: "date-time"), "user": person,
          ]))
      ]),
    APIOperation(
      .post, "/api/auth/logout", "signOut", tag: "Accounts", "Sign out",
      replies: [.ok("The token is void.", Schema.object(["status": Schema.string()]))]),
    APIOperation(
      .get, "/api/auth/me", "me", tag: "Accounts", "Who one is", replies: [.ok("The person.", person)]),
    APIOperation(
      .get, "/api/keys", "listKeys", tag: "Accounts", "List API keys", access: .administrator,
      replies: [.ok("Without their texts.", Schema.object(["keys": Schema.array(Schema.anyObject())]))]),
    APIOperation(
      .post, "/api/keys", "makeKey", tag: "Accounts", "Make an API key", access: .administrator,
      body: [
        .json(
          Schema.object([
            "name": Schema.string(),
            "scopes": Schema.array(Schema.choice(["chat", "search", "ingest", "admin"])),
            "origins?": Schema.array(Schema.string(), "Sites whose pages may use it."),
            "expires_in?": Schema.string("Such as 90d."),
          ]))
      ],
      replies: [
        APIOperation.Reply(
          status: 201, description: "The key, which is shown this once.",
          contents: [.json(Schema.object(["key": Schema.string(), "details": Schema.anyObject()]))])
      ]),
    APIOperation(
      .delete, "/api/keys/{id}", "revokeKey", tag: "Accounts", "Revoke an API key", access: .administrator,
      replies: [.ok("It is void.", Schema.object(["status": Schema.string()]))]),
  ]

  private static let person = Schema.object([
    "id": Schema.string(), "email?": Schema.string(), "name?": Schema.string(),
    "is_administrator?": Schema.boolean(),
  ])

  private static let gaps = Schema.object([
    "questions": Schema.integer("Questions that were refused, answered with little confidence or disliked."),
    "left_out": Schema.integer("Those of them that are in no group, because there were too many wordings."),
    "groups": Schema.array(
      Schema.object([
        "question": Schema.string("The one that lies nearest to all others of the group."),
        "count": Schema.integer("Times that one of them was asked."),
        "reasons": Schema.map(Schema.integer(), "`refused`, `low_confidence`, `disliked`: how often."),
        "examples": Schema.array(Schema.string(), "Other wordings, the commonest first."),
        "last_asked?": Schema.string("When one of them was asked last.", format: "date-time"),
      ])),
  ])

  static let consoleOperations = [
    APIOperation(
      .get, "/api/usage", "usage", tag: "Analytics", "Questions, latency, tokens and cost over time",
      description: "As far back as RECORD_RETENTION says, 90 days by default.", access: .administrator,
      parameters: [.query("days", Schema.integer("", 1...366, default: 7))],
      replies: [.ok("Sums by span of time.", Schema.anyObject())]),
    APIOperation(
      .get, "/api/analytics/gaps", "gaps", tag: "Analytics",
      "What people asked that the corpus could not answer",
      access: .administrator,
      parameters: [
        .query("since", Schema.string("Nothing before it; a time in ISO 8601, or seconds since 1970.")),
        .query("days", Schema.integer("Only of the last days.", 1...3650)),
        .query("limit", Schema.integer("Groups wanted.", 1...1000, default: 50)),
      ],
      replies: [.ok("Questions grouped by meaning, the most frequent first.", gaps)]),
    APIOperation(
      .get, "/api/health/history", "healthHistory", tag: "Health", "How the parts were",
      access: .administrator,
      parameters: [.query("limit", Schema.integer("Samples, the latest.", 1...1440, default: 90))],
      replies: [.ok("Samples, oldest first.", Schema.anyObject())]),
    APIOperation(
      .get, "/api/admin/conversations", "listLoggedConversations", tag: "Analytics",
      "What people asked lately", access: .administrator,
      replies: [.ok("Latest first.", Schema.anyObject())]),
    APIOperation(
      .get, "/api/admin/conversations/{id}", "getLoggedConversation", tag: "Analytics",
      "Read anybody's conversation", access: .administrator,
      replies: [.ok("With its messages.", Schema.anyObject())]),
    APIOperation(
      .get, "/api/admin/feedback", "listFeedback", tag: "Analytics", "What people said of the answers",
      access: .administrator, replies: [.ok("Latest first.", Schema.anyObject())]),
    APIOperation(
      .post, "/api/documents/{id}/reingest", "rereadDocument", tag: "Documents",
      "Read a document's source again",
      description: """
        A file of the server's own disk. Where the corpus's chunks are described by a chat model and new ones have to \
        be, it goes into the queue of uploads; what is not done within ten seconds is answered 202.
        """, access: .administrator,
      replies: [
        .ok("The document as it is now.", Schema.named("Document")),
        APIOperation.Reply(
          status: 202, description: "It waits to be described.", contents: [.json(Schema.named("Uploads"))]),
      ]),
  ]

  static let protocolOperations = [
    APIOperation(
      .post, "/mcp", "mcp", tag: "MCP", "The Model Context Protocol over streamable HTTP",
      body: [.json(Schema.anyObject("A JSON-RPC message."))],
      replies: [
        APIOperation.Reply(
          status: 200, description: "A JSON-RPC response, or a stream of them.",
          contents: [.json(Schema.anyObject()), .other("text/event-stream")])
      ])
  ]

  static let pageOperations = [
    APIOperation(.get, "/", "chatPage", tag: "Pages", "The chat page", replies: [.page("HTML.")]),
    APIOperation(.get, "/admin", "console", tag: "Pages", "The console", replies: [.page("HTML.")]),
    APIOperation(
      .get, "/docs", "docs", tag: "Pages", "This description, readable", replies: [.page("HTML.")]),
    APIOperation(
      .get, "/widget.js", "widget", tag: "Pages", "The widget for other sites",
      replies: [
        APIOperation.Reply(
          status: 200, description: "JavaScript.", contents: [.other("text/javascript")])
      ]),
    APIOperation(
      .get, "/openapi.json", "openapi", tag: "Pages", "This description",
      replies: [.ok("OpenAPI 3.1.", Schema.anyObject())]),
  ]
}
