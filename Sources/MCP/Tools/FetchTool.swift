import Answering
import Models
import Retrieval

/// `fetch`: a document's text, in pieces where it is long.
public struct FetchTool: Tool {
  private let corpus: any CorpusStore
  /// Code points given where nothing else is asked for.
  private static let length = 20_000

  public init(corpus: any CorpusStore) { self.corpus = corpus }

  public let definition = ChatTool(
    name: "fetch",
    description: """
      Gives the text of a document, or the text around a passage that search found. Long documents come in pieces: \
      call again with start set to the end of the last piece.
      """,
    parameters: [
      "type": "object",
      "properties": [
        "id": [
          "type": "string", "minLength": 1, "maxLength": 4000,
          "description": "id of a search result, or a document's name or source.",
        ],
        "start": [
          "type": "integer", "minimum": 0, "description": "First character wanted, counted from 0.",
        ],
        "length": [
          "type": "integer", "minimum": 1, "maximum": 200_000,
          "description": "Characters wanted; 20000 if left out.",
        ],
      ],
      "required": ["id"], "additionalProperties": false,
    ])

  public let traits = ToolTraits(
    title: "Read a document", isReadOnly: true, isIdempotent: true,
    result: [
      "type": "object",
      "properties": [
        "id": ["type": "string"], "title": ["type": "string"], "text": ["type": "string"],
        "url": ["type": "string"], "start": ["type": "integer"], "end": ["type": "integer"],
        "total": ["type": "integer"], "metadata": ["type": "object"],
      ],
      "required": ["id", "title", "text", "url", "start", "end", "total"],
    ])

  public func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    let wanted = arguments["id"]?.string ?? ""
    let id = wanted.hasPrefix("footnote:") ? nil : PassageID(wanted)
    guard let source = id?.source ?? DocumentResources.source(of: wanted),
      let document = try await self.document(source)
    else { throw ToolError("There is no document '\(wanted)'. search gives the ids of what there is.") }
    let text = try await corpus.text(of: document.source)
    let scalars = text.unicodeScalars
    let total = scalars.count
    let length = arguments["length"]?.integer ?? Self.length
    var start = arguments["start"]?.integer ?? 0
    if arguments["start"] == nil, let range = id?.range, total > length {
      // The passage comes in the middle of what can be shown.
      start = max(0, min((range.lowerBound + range.upperBound - length) / 2, total - length))
    }
    start = min(start, total)
    let end = min(total, start + length)
    let first = scalars.index(scalars.startIndex, offsetBy: start)
    let last = scalars.index(first, offsetBy: end - start)
    return [
      "id": .string(document.source), "title": .string(document.title ?? document.name),
      "text": .string(String(scalars[first..<last])),
      "url": .string(document.url ?? PassageID.url(of: document.source)),
      "start": .integer(start), "end": .integer(end), "total": .integer(total),
      "metadata": [
        "document": .string(document.name), "collection": .string(document.collection),
        "tags": .array(document.tags.map { .string($0) }),
      ],
    ]
  }

  /// The document of this source or, if none has it, of this short name.
  private func document(_ source: String) async throws -> StoredDocument? {
    let found = try await corpus.documents(matching: SearchFilter(sourcePrefix: source))
    return found.first { $0.source == source } ?? found.first { $0.name == source }
  }
}
