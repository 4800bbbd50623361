import Answering
import Models
import Retrieval

/// `search`: passages of the documents, with what `fetch` needs to give more of each.
public struct SearchTool: Tool {
  private let searcher: Searcher
  private let fallsBack: Bool
  private let observe: @Sendable (SearchResult) async -> Void

  /// - Parameters:
  ///   - fallsBack: whether words alone are searched for where the embedding model fails.
  ///   - observe: told of every result, such as to account for what it cost.
  public init(
    searcher: Searcher, fallsBack: Bool = true,
    observe: @escaping @Sendable (SearchResult) async -> Void = { _ in }
  ) {
    self.searcher = searcher
    self.fallsBack = fallsBack
    self.observe = observe
  }

  public let definition = ChatTool(
    name: "search",
    description: """
      Finds the passages of the user's documents that fit a question or keywords best, best first. Pass an id to fetch \
      for more of the text around it.
      """,
    parameters: [
      "type": "object",
      "properties": [
        "query": [
          "type": "string", "minLength": 1, "maxLength": 4000, "description": "A question or keywords.",
        ],
        "limit": [
          "type": "integer", "minimum": 1, "maximum": 50, "description": "Passages wanted; 8 if left out.",
        ],
        "mode": [
          "type": "string", "enum": ["reranked", "hybrid", "dense", "lexical"],
          "description":
            "By words, by meaning, or both, reranked or not; the best that is set up if left out.",
        ],
        "filter": SearchFilter.schema,
      ],
      "required": ["query"], "additionalProperties": false,
    ])

  public let traits = ToolTraits(
    title: "Search the documents", isReadOnly: true, isIdempotent: true,
    result: [
      "type": "object",
      "properties": [
        "results": [
          "type": "array",
          "items": [
            "type": "object",
            "properties": [
              "id": ["type": "string"], "title": ["type": "string"], "url": ["type": "string"],
              "text": ["type": "string"], "document": ["type": "string"], "section": ["type": "string"],
              "page": ["type": "integer"], "start": ["type": "integer"], "end": ["type": "integer"],
              "score": ["type": "number"],
            ],
            "required": ["id", "title", "url", "text", "document", "start", "end", "score"],
          ],
        ],
        "corrected_query": [
          "type": "string", "description": "What was searched for, where words of the query were mistyped.",
        ],
        "degraded": ["type": "boolean", "description": "Whether words alone were searched for."],
        "note": ["type": "string", "description": "Why."],
      ], "required": ["results"],
    ])

  public func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    var query = SearchQuery(
      arguments["query"]?.string ?? "",
      mode: arguments["mode"]?.string.flatMap(SearchMode.init(rawValue:)) ?? searcher.standardMode,
      limit: arguments["limit"]?.integer ?? 8, filter: SearchFilter(arguments: arguments["filter"]))
    query.fallsBack = fallsBack
    let result = try await searcher.search(query)
    await observe(result)
    var members: [String: JSONValue] = ["results": .array(result.passages.map(Self.form))]
    if let corrected = result.correctedQuery { members["corrected_query"] = .string(corrected) }
    if let reason = result.degradedReason {
      members["degraded"] = true
      members["note"] = .string([reason.message, reason.hint ?? ""].joined(separator: " "))
    }
    return .object(members)
  }

  private static func form(_ passage: Passage) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(PassageID(source: passage.source, range: passage.start..<passage.end).text),
      "title": .string(passage.title ?? passage.document), "document": .string(passage.document),
      "url": .string(passage.url ?? PassageID.url(of: passage.source)),
      "text": .string(passage.text), "start": .integer(passage.start), "end": .integer(passage.end),
      "score": .number(passage.score),
    ]
    if !passage.headingPath.isEmpty {
      members["section"] = .string(passage.headingPath.joined(separator: " > "))
    }
    if let page = passage.page { members["page"] = .integer(page) }
    return .object(members)
  }
}

extension SearchFilter {
  /// Restriction of a search to some documents.
  static let schema: JSONValue = [
    "type": "object", "description": "Restricts the search to some documents.",
    "properties": [
      "collections": ["type": "array", "items": ["type": "string"], "maxItems": 20],
      "tags": ["type": "array", "items": ["type": "string"], "maxItems": 20],
      "source_prefix": ["type": "string", "description": "Start of the document's name or source."],
    ], "additionalProperties": false,
  ]

  /// The filter that arguments of this schema say.
  init(arguments: JSONValue?) {
    self.init(
      collections: arguments?["collections"]?.array?.compactMap(\.string) ?? [],
      tags: arguments?["tags"]?.array?.compactMap(\.string) ?? [],
      sourcePrefix: arguments?["source_prefix"]?.string)
  }
}
