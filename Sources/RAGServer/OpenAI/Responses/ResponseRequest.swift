import Answering
import Models

/// Body of `POST /v1/responses`: what is understood of it. What would change nothing here is ignored; what would be
/// expected to change the answer, or to be kept for later, and is not, is refused.
struct ResponseRequest {
  var asked: OpenAIQuestion
  /// `instructions` as they were sent; those of messages come after them.
  var instructions: String?
  var metadata: [String: JSONValue] = [:]
  /// `auto` or `none`.
  var toolChoice: String
  var callsToolsInParallel: Bool
  /// `user` and `safety_identifier` as they were sent.
  var identifiers: [String: JSONValue] = [:]

  /// The least limit of tokens that the interface knows.
  private static let leastTokens = 16

  /// - Throws: `OpenAIError` naming the parameter.
  init(_ body: JSONValue) throws {
    let fields = try OpenAIFields(body)
    asked = try OpenAIQuestion(fields)
    try Self.refuse(fields)
    asked.maximumTokens = try fields.count("max_output_tokens", from: Self.leastTokens)
    toolChoice = try fields.toolChoice()
    callsToolsInParallel = try fields.flag("parallel_tool_calls") ?? true
    metadata = try Self.metadata(fields["metadata"])
    for name in ["user", "safety_identifier"] {
      if let text = try fields.text(name) { identifiers[name] = .string(text) }
    }
    instructions = try fields.text("instructions")
    try asked.take(
      Self.messages(fields["input"]), after: instructions.flatMap { $0.isEmpty ? nil : $0 })
  }

  // MARK: Input

  private static func messages(_ input: JSONValue?) throws -> OpenAIMessages {
    var messages = OpenAIMessages(in: "input", parts: "the types 'input_text' and 'output_text'")
    switch input {
    case nil: throw OpenAIError.missing("input")
    case .string(let text)?: messages.add(question: text)
    case .array(let items)? where !items.isEmpty:
      for (index, item) in items.enumerated() { try add(item, at: "input[\(index)]", to: &messages) }
    default:
      throw OpenAIError.invalid("input", "expected a text or a list of at least one item.")
    }
    return messages
  }

  private static func add(_ item: JSONValue, at place: String, to messages: inout OpenAIMessages) throws {
    let type =
      item["type"]?.string ?? (item["role"] == nil && item["id"] != nil ? "item_reference" : "message")
    switch type {
    case "message": try messages.add(item, at: place)
    case _ where passedOver.contains(type): break
    case "item_reference":
      throw OpenAIError.invalid(
        place, "items are not stored here: send the item itself, as clients do where 'store' is false.")
    default:
      throw OpenAIError.invalid(
        "\(place).type",
        "only messages are understood, and what tools did between them, not '\(type.prefix(40))'.")
    }
  }

  /// What a model thought and what tools did that somebody else ran: what came of it is in the assistant's next message.
  private static let passedOver: Set<String> = [
    "reasoning", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output",
    "tool_search_call", "tool_search_output", "additional_tools", "file_search_call", "web_search_call",
    "computer_call", "computer_call_output", "code_interpreter_call", "image_generation_call",
    "local_shell_call", "local_shell_call_output", "shell_call", "shell_call_output", "apply_patch_call",
    "apply_patch_call_output", "mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "mcp_call",
    "program", "program_output",
  ]

  // MARK: What is not offered

  private static let wholeConversation =
    "names nothing here, because responses are not stored: send the whole conversation in 'input'."

  /// Parameters that would be expected to change the answer or to keep it.
  private static let unsupported: KeyValuePairs<String, String> = [
    "previous_response_id": wholeConversation,
    "conversation": wholeConversation,
    "prompt": "names nothing here, because prompts are not stored: send its text in 'instructions'.",
    "moderation": "is not offered here.",
    "messages": "is one of /v1/chat/completions: send them in 'input'.",
    "max_tokens": "is one of /v1/chat/completions: send 'max_output_tokens'.",
    "max_completion_tokens": "is one of /v1/chat/completions: send 'max_output_tokens'.",
    "response_format": "is one of /v1/chat/completions: send 'text.format'.",
    "stop": "is one of /v1/chat/completions; there is no such parameter here.",
  ]

  private static func refuse(_ fields: OpenAIFields) throws {
    for (name, reason) in unsupported where fields[name] != nil {
      throw OpenAIError.unsupported(name, reason)
    }
    if try fields.flag("store") == true {
      throw OpenAIError.unsupported(
        "store", "cannot be true here, because responses are not stored: leave it out, or send false.")
    }
    if try fields.flag("background") == true {
      throw OpenAIError.unsupported(
        "background", "cannot be true here: leave it out, and wait for the response or read it as a stream.")
    }
    if fields["text"]?["format"]?["type"]?.string.map({ $0 != "text" }) == true {
      throw OpenAIError.unsupported("text.format", "can only be of the type 'text' here.")
    }
    // What belongs to tools that are not called is in no response, asked for or not.
    if fields["include"]?.array?.contains("message.output_text.logprobs") == true {
      throw OpenAIError.unsupported("include", "cannot name 'message.output_text.logprobs' here.")
    }
    if try fields.count("top_logprobs", from: 0) ?? 0 > 0 {
      throw OpenAIError.unsupported("top_logprobs", "is not offered here.")
    }
  }

  /// Up to 16 texts of up to 512 characters, whose names have up to 64.
  private static func metadata(_ value: JSONValue?) throws -> [String: JSONValue] {
    guard let value else { return [:] }
    guard case .object(let members) = value else {
      throw OpenAIError.invalid("metadata", "expected an object.", code: "invalid_type")
    }
    guard members.count <= 16 else {
      throw OpenAIError.invalid("metadata", "expected at most 16 members, found \(members.count).")
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard name.unicodeScalars.count <= 64 else {
        throw OpenAIError.invalid(
          "metadata", "a name is longer than 64 characters.", code: "string_above_max_length")
      }
      guard let text = value.string else {
        throw OpenAIError.invalid("metadata.\(name)", "expected a text.", code: "invalid_type")
      }
      guard text.unicodeScalars.count <= 512 else {
        throw OpenAIError.invalid(
          "metadata.\(name)", "it is longer than 512 characters.", code: "string_above_max_length")
      }
    }
    return members
  }
}
