import HTTPClient

/// Reads the events of Cohere's chat stream. Their `type` member counts; `event:` lines may be missing, a
/// final `[DONE]` may be there.
struct CohereChatDecoder: ChatStreamDecoder {
  let errors: ErrorContext
  private(set) var isComplete = false

  /// The call that is being streamed.
  private var call: ToolCall?
  private var callCount = 0

  init(errors: ErrorContext) {
    self.errors = errors
  }

  mutating func consume(_ event: ServerSentEvent) throws(ModelError) -> [ChatEvent] {
    let text = event.data
    if text == "[DONE]" || text.allSatisfy(\.isWhitespace) { return [] }
    guard let message = try? WireJSON.decode(CohereChatEvent.self, from: text.utf8) else {
      throw errors.invalid("a part of the stream is not the JSON that was expected", excerpt: text.utf8)
    }
    guard let type = message.type else {
      guard let value = try? JSONValue(parsing: text.utf8), value["message"] != nil || value["error"] != nil
      else { return [] }
      throw errors.refusal(inStream: value)
    }
    let delta = message.delta?.message
    switch type {
    case "content-start", "content-delta":
      guard let text = delta?.content?.text, !text.isEmpty else { return [] }
      return [.textDelta(text)]
    case "tool-call-start":
      let start = delta?.toolCalls
      call = ToolCall(
        id: start?.id ?? "", name: start?.function?.name ?? "", arguments: start?.function?.arguments ?? "")
      return []
    case "tool-call-delta":
      call?.arguments += delta?.toolCalls?.function?.arguments ?? ""
      return []
    case "tool-call-end":
      return takeCall()
    case "message-end":
      return try end(message.delta)
    default:
      return []
    }
  }

  mutating func consume(whole body: [UInt8]) throws(ModelError) -> [ChatEvent] {
    guard let reply = try? WireJSON.decode(CohereChatReply.self, from: body) else {
      throw errors.invalid("it is not the JSON that was expected", excerpt: body)
    }
    var events: [ChatEvent] = []
    let text = (reply.message.content ?? []).compactMap(\.text).joined()
    if !text.isEmpty { events.append(.textDelta(text)) }
    for wire in reply.message.toolCalls ?? [] {
      call = ToolCall(
        id: wire.id ?? "", name: wire.function?.name ?? "", arguments: wire.function?.arguments ?? "")
      events += takeCall()
    }
    return events
      + (try end(CohereChatEvent.Delta(finishReason: reply.finishReason, usage: reply.usage)))
  }

  mutating func finish() throws(ModelError) -> [ChatEvent] {
    throw errors.incomplete
  }

  private mutating func takeCall() -> [ChatEvent] {
    guard var done = call, !done.name.isEmpty else { return [] }
    call = nil
    callCount += 1
    if done.id.isEmpty { done.id = "call_\(callCount)" }
    if done.arguments.allSatisfy(\.isWhitespace) { done.arguments = "{}" }
    return [.toolCall(done)]
  }

  private mutating func end(_ delta: CohereChatEvent.Delta?) throws(ModelError) -> [ChatEvent] {
    isComplete = true
    var events = takeCall()
    let reason = delta?.finishReason ?? "COMPLETE"
    switch reason {
    case "ERROR", "ERROR_TOXIC", "ERROR_LIMIT":
      throw errors.error(
        .unavailable,
        "Cohere ended the answer with an error: \((delta?.error ?? "it gave no reason").excerpt(300)).")
    case "TIMEOUT":
      throw errors.error(.timeout, "Cohere ended the answer because it took too long.")
    default:
      break
    }
    if let usage = delta?.usage { events.append(.usage(usage.value)) }
    return events + [.finish(FinishReason(cohere: reason))]
  }
}

extension FinishReason {
  init(cohere reason: String) {
    switch reason {
    case "COMPLETE", "STOP_SEQUENCE": self = .stop
    case "MAX_TOKENS": self = .length
    case "TOOL_CALL": self = .toolCalls
    default: self = .other(reason)
    }
  }
}

/// The members of all event types that matter here.
struct CohereChatEvent: Decodable {
  struct Delta: Decodable {
    var message: Message?
    var finishReason: String?
    var usage: CohereUsage?
    var error: String?
  }

  struct Message: Decodable {
    var content: Content?
    var toolCalls: Call?

    /// Starts and deltas carry one object; the start of a message may carry empty lists.
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      content = try? container.decode(Content.self, forKey: .content)
      toolCalls = try? container.decode(Call.self, forKey: .toolCalls)
    }

    private enum Key: String, CodingKey {
      case content, toolCalls
    }
  }

  struct Content: Decodable {
    var text: String?
  }

  struct Call: Decodable {
    struct Function: Decodable {
      var name: String?
      var arguments: String?
    }
    var id: String?
    var function: Function?
  }

  var type: String?
  var delta: Delta?
}

/// A whole answer.
struct CohereChatReply: Decodable {
  struct Message: Decodable {
    var content: [CohereChatEvent.Content]?
    var toolCalls: [CohereChatEvent.Call]?
  }
  var message: Message
  var finishReason: String?
  var usage: CohereUsage?
}

struct CohereUsage: Decodable {
  struct Tokens: Decodable {
    var inputTokens: Double?
    var outputTokens: Double?
  }
  /// What the model saw and wrote.
  var tokens: Tokens?
  /// What is paid for: without Cohere's own preamble.
  var billedUnits: Tokens?
  var cachedTokens: Double?

  /// The billed tokens where they are told, since costs are made from them.
  var value: Usage {
    let counts = billedUnits ?? tokens
    return Usage(
      promptTokens: Int(clamping: counts?.inputTokens ?? 0),
      completionTokens: Int(clamping: counts?.outputTokens ?? 0),
      cachedTokens: Int(clamping: cachedTokens ?? 0))
  }
}
