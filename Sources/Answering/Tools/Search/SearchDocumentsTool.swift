import Models
import Retrieval

/// `search_documents`: looks for more passages, which the answer may cite by their numbers.
public struct SearchDocumentsTool: Tool {
  private let searcher: Searcher
  /// What every search is restricted to besides what the model asks for.
  private let filter: SearchFilter
  private let fallsBack: Bool
  /// Most characters of one passage that the model is shown.
  private static let excerpt = 1500

  /// - Parameter fallsBack: whether words alone are searched for where the embedding model fails.
  public init(searcher: Searcher, filter: SearchFilter = SearchFilter(), fallsBack: Bool = true) {
    self.searcher = searcher
    self.filter = filter
    self.fallsBack = fallsBack
  }

  public let definition = ChatTool(
    name: "search_documents",
    description: """
      Searches the documents for passages about something that the sources at hand do not say. Each passage found has \
      a number, by which the answer cites it.
      """,
    parameters: [
      "type": "object",
      "properties": [
        "query": [
          "type": "string", "minLength": 1, "maxLength": 2000,
          "description": "A question or keywords that make sense by themselves.",
        ],
        "k": [
          "type": "integer", "minimum": 1, "maximum": 20, "description": "Passages wanted; 5 if left out.",
        ],
        "filter": SearchDocumentsTool.filterSchema,
      ],
      "required": ["query"], "additionalProperties": false,
    ])

  public let traits = ToolTraits(
    title: "Search the documents", isReadOnly: true, isIdempotent: true, answers: false)

  /// Schema of a search's restriction to some documents.
  static let filterSchema: JSONValue = [
    "type": "object", "description": "Restricts the search to some documents.",
    "properties": [
      "collections": ["type": "array", "items": ["type": "string"], "maxItems": 20],
      "tags": ["type": "array", "items": ["type": "string"], "maxItems": 20],
      "source_prefix": ["type": "string", "description": "Start of the document's name."],
    ],
    "additionalProperties": false,
  ]

  public func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    var query = SearchQuery(
      arguments["query"]?.string ?? "", mode: searcher.standardMode, limit: arguments["k"]?.integer ?? 5,
      filter: try filter.narrowed(by: arguments["filter"]))
    query.fallsBack = fallsBack
    let result = try await searcher.search(query)
    let numbers = context.sources.add(result.passages)
    context.sources.add(result.reranking?.usage)
    let passages = zip(numbers, result.passages).map { number, passage -> JSONValue in
      var members: [String: JSONValue] = [
        "number": .integer(number), "document": .string(QuotedText.inert(passage.document)),
        "text": .string(QuotedText.inert(String(passage.text.prefix(Self.excerpt)))),
      ]
      if !passage.headingPath.isEmpty {
        members["section"] = .string(QuotedText.inert(passage.headingPath.joined(separator: " > ")))
      }
      if let page = passage.page { members["page"] = .integer(page) }
      return .object(members)
    }
    guard result.degraded else { return ["sources": .array(passages)] }
    return [
      "sources": .array(passages), "note": "Found by words alone: try other words if they do not answer.",
    ]
  }
}

extension SearchFilter {
  /// The documents that both this filter and `wish` let through.
  ///
  /// - Throws: `ToolError` if no document can be in both.
  func narrowed(by wish: JSONValue?) throws -> SearchFilter {
    var result = self
    func both(_ own: [String], _ key: String) throws -> [String] {
      let asked = wish?[key]?.array?.compactMap(\.string) ?? []
      guard !own.isEmpty, !asked.isEmpty else { return own.isEmpty ? asked : own }
      let common = asked.filter(own.contains)
      guard !common.isEmpty else { throw ToolError("filter.\(key): only \(own) can be searched here.") }
      return common
    }
    result.collections = try both(collections, "collections")
    // Values of one filter are alternatives, so that wanted tags cannot be added to demanded ones.
    result.tags = try both(tags, "tags")
    if let asked = wish?["source_prefix"]?.string, !asked.isEmpty {
      let own = sourcePrefix ?? ""
      guard asked.hasPrefix(own) || own.hasPrefix(asked) else {
        throw ToolError("filter.source_prefix: only documents below '\(own)' can be searched here.")
      }
      result.sourcePrefix = asked.hasPrefix(own) ? asked : own
    }
    return result
  }
}
