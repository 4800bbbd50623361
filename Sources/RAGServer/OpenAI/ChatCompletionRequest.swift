import Models

/// Body of `POST /v1/chat/completions`: what is understood of it. What would change nothing here is ignored; what would
/// be expected to change the answer and does not is refused.
struct ChatCompletionRequest {
  var asked: OpenAIQuestion
  var includesUsage: Bool

  /// - Throws: `OpenAIError` naming the parameter.
  init(_ body: JSONValue) throws {
    let fields = try OpenAIFields(body)
    asked = try OpenAIQuestion(fields)
    includesUsage = fields["stream_options"]?["include_usage"] == .bool(true)
    try Self.refuse(fields)
    let limits = try ["max_completion_tokens", "max_tokens"].map { try fields.count($0) }
    asked.maximumTokens = limits[0] ?? limits[1]
    asked.stop = try Self.stop(fields["stop"])
    try asked.take(Self.messages(fields["messages"]))
  }

  private static func messages(_ value: JSONValue?) throws -> OpenAIMessages {
    guard let value else { throw OpenAIError.missing("messages") }
    guard case .array(let list) = value, !list.isEmpty else {
      throw OpenAIError.invalid("messages", "expected a list of at least one message.")
    }
    var messages = OpenAIMessages(in: "messages", parts: "the type 'text'")
    for (index, message) in list.enumerated() {
      // Results of tools that the client ran: what came of them is in the assistant's next message.
      try messages.add(message, at: "messages[\(index)]", passedOver: ["tool", "function"])
    }
    return messages
  }

  private static func refuse(_ fields: OpenAIFields) throws {
    if let n = fields["n"], n != 1 { throw OpenAIError.unsupported("n", "can only be 1 here.") }
    if fields["logprobs"] == .bool(true) {
      throw OpenAIError.unsupported("logprobs", "is not offered here.")
    }
    if let format = fields["response_format"]?["type"]?.string, format != "text" {
      throw OpenAIError.unsupported("response_format", "can only be of the type 'text' here.")
    }
    if let modalities = fields["modalities"]?.array, modalities.contains(where: { $0 != "text" }) {
      throw OpenAIError.unsupported("modalities", "can only be 'text' here.")
    }
    _ = try fields.toolChoice()
  }

  private static func stop(_ value: JSONValue?) throws -> [String] {
    let texts: [JSONValue]
    switch value {
    case nil: return []
    case .string(let text)?: texts = [.string(text)]
    case .array(let list)?: texts = list
    default: throw OpenAIError.invalid("stop", "expected a text or up to four.", code: "invalid_type")
    }
    let stop = texts.compactMap(\.string)
    guard stop.count == texts.count, stop.count <= 4, !stop.contains("") else {
      throw OpenAIError.invalid("stop", "expected a text or up to four, none of them empty.")
    }
    return stop
  }
}
