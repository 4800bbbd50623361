import Answering
import Models
import Retrieval

/// `ask`: an answer with citations.
public struct AskTool: Tool {
  /// Starts the answer to a question of somebody.
  public typealias Answers =
    @Sendable (AnswerRequest, ToolContext) async throws -> AsyncThrowingStream<AnswerEvent, any Error>

  private let answers: Answers

  public init(_ answers: @escaping Answers) { self.answers = answers }

  /// Lets `answerer` answer by itself.
  public init(answerer: Answerer) { self.init { request, _ in answerer.stream(request) } }

  public let definition = ChatTool(
    name: "ask",
    description: """
      Answers a question from the user's documents; each sentence ends with the number of a citation that names \
      document, place and exact quotation. Says so where the documents do not answer; where 'low_confidence' is true \
      they may not, and whoever reads the answer should be told, as of a 'hint'.
      """,
    parameters: [
      "type": "object",
      "properties": [
        "question": ["type": "string", "minLength": 1, "maxLength": 16_000], "filter": SearchFilter.schema,
      ],
      "required": ["question"], "additionalProperties": false,
    ])

  public let traits = ToolTraits(
    title: "Ask the documents", isReadOnly: true, isIdempotent: true,
    result: [
      "type": "object",
      "properties": [
        "answer": ["type": "string"], "answered": ["type": "boolean"],
        "confidence": [
          "type": "number", "minimum": 0, "maximum": 1,
          "description": "Probability that the reply holds the answer.",
        ],
        "low_confidence": [
          "type": "boolean", "description": "Whether the documents may not answer, though a reply was given.",
        ],
        "hint": [
          "type": "string",
          "description":
            "What readers should know besides: why the documents may say more, or why this was not checked in full.",
        ],
        "citations": [
          "type": "array",
          "items": [
            "type": "object",
            "properties": [
              "number": ["type": "integer"], "document": ["type": "string"], "source": ["type": "string"],
              "quote": ["type": "string"], "start": ["type": "integer"], "end": ["type": "integer"],
            ], "required": ["number", "document", "source", "quote", "start", "end"],
          ],
        ],
      ], "required": ["answer", "answered", "confidence", "low_confidence", "citations"],
    ])

  public func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    var request = AnswerRequest(
      arguments["question"]?.string ?? "", filter: SearchFilter(arguments: arguments["filter"]))
    request.options.deadline = context.deadline - .seconds(1)
    await context.progress(0, 2, "Searching")
    for try await event in try await answers(request, context) {
      switch event {
      case .passages(let passages): await context.progress(1, 2, "Reading \(passages.count) passages")
      case .done(let answer):
        await context.progress(2, 2, "Answered")
        return try JSONValue(encoding: answer)
      default: break
      }
    }
    throw CancellationError()
  }
}
