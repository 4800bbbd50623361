import HTTPServer
import Models

/// What a person has written: the `UserMessageInput` of the protocol.
struct ChatKitInput: Decodable, Equatable {
  /// `input_text` and `input_tag` parts, as they came.
  var content: [JSONValue]
  /// Ids of files.
  var attachments: [String]
  /// Text of the page or of an earlier answer that the message is about.
  var quotedText: String?
  /// An object.
  var inferenceOptions: JSONValue

  private enum CodingKeys: String, CodingKey {
    case content, attachments
    case quotedText = "quoted_text"
    case inferenceOptions = "inference_options"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    content = try values.decode([JSONValue].self, forKey: .content)
    attachments = try values.decodeIfPresent([String].self, forKey: .attachments) ?? []
    quotedText = try values.decodeIfPresent(String.self, forKey: .quotedText)
    inferenceOptions = try values.decodeIfPresent(JSONValue.self, forKey: .inferenceOptions) ?? [:]
  }

  /// The chat model that is asked for.
  var model: String? { inferenceOptions["model"]?.string }

  /// The message as every interface has it: what is quoted stands before it, as Markdown quotes.
  ///
  /// - Throws: `HTTPError` 400 for attachments, for parts that cannot be read, and for too much or no text.
  func text() throws -> String {
    guard attachments.isEmpty else { throw ChatKitRequest.Refusal.attachments.error }
    guard case .object = inferenceOptions else {
      throw HTTPError.badRequest("params.input.inference_options: expected an object")
    }
    var said = ""
    for (index, part) in content.enumerated() {
      guard ["input_text", "input_tag"].contains(part["type"]?.string), let text = part["text"]?.string
      else {
        throw HTTPError.badRequest(
          "params.input.content[\(index)]: expected a part of type input_text or input_tag with a text")
      }
      said += text
    }
    let field = "params.input.content"
    said = try RequestText.question(said, field: field)
    guard let quotedText, !quotedText.allSatisfy(\.isWhitespace) else { return said }
    let quoted = quotedText.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "> \($0)" }.joined(separator: "\n")
    return try RequestText.question("\(quoted)\n\n\(said)", field: field)
  }

  /// What is stored beside the text, so that the message is shown again as it was written; null for plain text.
  var detail: JSONValue {
    let isPlain = content.count == 1 && content[0]["type"] == "input_text"
    guard !isPlain || quotedText != nil || inferenceOptions != [:] else { return .null }
    var members: [String: JSONValue] = ["content": .array(content), "inference_options": inferenceOptions]
    if let quotedText { members["quoted_text"] = .string(quotedText) }
    return ["chatkit": .object(members)]
  }
}
