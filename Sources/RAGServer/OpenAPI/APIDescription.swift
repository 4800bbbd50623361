import HTTPServer
import Models

/// The description of the HTTP interface in OpenAPI 3.1.
enum APIDescription {
  /// Every operation, in the order in which a reader meets them.
  static let operations: [APIOperation] =
    chatOperations + searchOperations + documentOperations + healthOperations + openAIOperations
    + chatKitOperations + protocolOperations + accountOperations + analyticsOperations + consoleOperations
    + pageOperations

  static let tags: KeyValuePairs<String, String> = [
    "Chat": "Answers with footnotes, in conversations.",
    "Search": "Passages of the corpus.",
    "Documents": "What the corpus holds, and what is to be taken in.",
    "Health": "Whether every part works, and what the server has done.",
    "OpenAI": "The interface of OpenAI's chat completions and responses, answering from the corpus.",
    "ChatKit": "Sessions and the protocol of OpenAI's ChatKit.",
    "MCP": "The Model Context Protocol.",
    "Accounts": "People, keys and what they may do.",
    "Analytics": "What pages report.",
    "Pages": "Pages for people.",
  ]

  /// The description of `operations`.
  static func json(_ operations: [APIOperation] = operations) -> JSONValue {
    var paths: [String: [String: JSONValue]] = [:]
    for operation in operations {
      paths[operation.template, default: [:]][operation.method.name.lowercased()] = operation.json
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Footnote", "version": .string(ServerProgram.version),
        "summary": "Answers over your own documents, each sentence with a footnote that can be checked.",
        "license": ["name": "MIT", "identifier": "MIT"],
      ],
      "servers": [["url": "/"]],
      "tags": .array(tags.map { ["name": .string($0.key), "description": .string($0.value)] }),
      "paths": .object(paths.mapValues { .object($0) }),
      "components": [
        "schemas": .object(
          Dictionary(
            (Array(schemas) + Array(chatSchemas)).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })),
        "responses": [
          "Error": [
            "description": "Why there is no answer: what failed, and what to do about it.",
            "content": ["application/json": ["schema": Schema.named("Error")]],
          ]
        ],
        "securitySchemes": [
          "bearer": [
            "type": "http", "scheme": "bearer",
            "description": "The admin key, an API key, or the token of a sign-in.",
          ],
          "apiKey": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
        ],
      ],
    ]
  }
}

/// `GET /openapi.json`: what this server answers.
struct OpenAPIRoute {
  /// To be called when all other routes have been added: those are described.
  func add(to router: Router) {
    let routes = Set(router.routes.map { "\($0.method) \($0.template)" } + ["GET /openapi.json"])
    let operations = APIDescription.operations.filter { routes.contains("\($0.method) \($0.path)") }
    let bytes = Array(APIDescription.json(operations).text.utf8)
    router.get("/openapi.json") { _ in
      Response(
        headers: ["Content-Type": "application/json", "Cache-Control": "no-cache"], body: .bytes(bytes))
    }
  }
}
