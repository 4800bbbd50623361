import Models

extension APIDescription {
  /// Bodies that a reader may begin with, by the operation's id.
  static let examples: [String: JSONValue] = [
    "chat": ["message": .string(question), "stream": true],
    "chatByCookie": ["prompt": .string(question)],
    "beginSession": [:],
    "search": ["query": .string(question), "k": 5],
    "createChatCompletion": [
      "model": "footnote", "messages": [["role": "user", "content": .string(question)]], "stream": false,
    ],
    "createResponse": ["model": "footnote", "input": .string(question), "stream": false],
    "createEmbedding": ["input": "What is this about?"],
    "chatKit": ["type": "threads.list", "params": [:]],
    "makeKey": ["name": "website", "scopes": ["chat"], "origins": ["https://example.org"]],
    "uploadDocuments": ["name": "notes.md", "text": "# Notes\n\nOne sentence to be found."],
    "mcp": ["jsonrpc": "2.0", "id": 1, "method": "tools/list"],
    "beginChatKitSession": ["user_id": "ann"],
    "reportMessage": ["user_id": "ann", "thread_id": "thr_1"],
    "reportThreadChange": ["user_id": "ann", "thread_id": "thr_1"],
    "reportError": ["message": "It failed.", "url": "https://example.org/"],
  ]

  private static let question = "What do these documents describe?"
}
