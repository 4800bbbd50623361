import HTTPClient

/// Reads the stream of chat completions, with the liberties that compatible servers take: no `[DONE]`, no
/// usage, frames without choices, tool calls without index or id, errors inside the stream.
struct OpenAIChatDecoder: ChatStreamDecoder {
  let errors: ErrorContext
  private(set) var isComplete = false

  private var calls: [ToolCall] = []
  /// Which call a fragment's `index` means.
  private var callOfIndex: [Int: Int] = [:]
  private var usage: Usage?
  private var finishReason: String?
  private var hasBegun = false

  init(errors: ErrorContext) {
    self.errors = errors
  }

  mutating func consume(_ event: ServerSentEvent) throws(ModelError) -> [ChatEvent] {
    let text = event.data
    if text == "[DONE]" {
      // With it the server itself says that nothing is missing.
      finishReason = finishReason ?? "stop"
      return end()
    }
    if text.allSatisfy(\.isWhitespace) { return [] }
    return try read(Array(text.utf8), isError: event.type == "error")
  }

  mutating func consume(whole body: [UInt8]) throws(ModelError) -> [ChatEvent] {
    let events = try read(body, isError: false)
    guard hasBegun else { throw errors.invalid("it has no choices", excerpt: body) }
    return events + end()
  }

  mutating func finish() throws(ModelError) -> [ChatEvent] {
    guard finishReason != nil else { throw errors.incomplete }
    return end()
  }

  private mutating func read(_ bytes: [UInt8], isError: Bool) throws(ModelError) -> [ChatEvent] {
    guard let chunk = try? WireJSON.decode(OpenAIChatChunk.self, from: bytes) else {
      // Gemini's errors come in an array.
      if let value = try? JSONValue(parsing: bytes), let first = value.array?.first, first["error"] != nil {
        throw errors.refusal(inStream: value)
      }
      throw errors.invalid("a part of the stream is not the JSON that was expected", excerpt: bytes)
    }
    if isError || chunk.error.map({ $0 != .null }) == true || chunk.object == "error" {
      throw errors.refusal(inStream: (try? JSONValue(parsing: bytes)) ?? .null)
    }
    if let count = chunk.usage {
      usage = Usage(
        promptTokens: count.promptTokens ?? 0, completionTokens: count.completionTokens ?? 0,
        cachedTokens: count.promptTokensDetails?.cachedTokens ?? 0)
    }
    var events: [ChatEvent] = []
    for choice in chunk.choices ?? [] where (choice.index ?? 0) == 0 {
      hasBegun = true
      let message = choice.delta ?? choice.message
      for text in [message?.content?.text, message?.refusal] {
        if let text, !text.isEmpty { events.append(.textDelta(text)) }
      }
      if message?.refusal?.isEmpty == false { finishReason = "content_filter" }
      for fragment in message?.toolCalls ?? [] { add(fragment) }
      if let reason = choice.finishReason, finishReason == nil { finishReason = reason }
    }
    return events
  }

  /// Joins a fragment with the call it belongs to: the one of its index, unless it brings another id.
  private mutating func add(_ fragment: OpenAIChatChunk.Call) {
    let id = fragment.id ?? ""
    var position = fragment.index.map { callOfIndex[$0] } ?? calls.indices.last
    if let found = position, !id.isEmpty, !calls[found].id.isEmpty, calls[found].id != id { position = nil }
    if fragment.index == nil, fragment.function?.name?.isEmpty == false { position = nil }
    let target = position ?? calls.endIndex
    if target == calls.endIndex { calls.append(ToolCall(id: "", name: "", arguments: "")) }
    if let index = fragment.index { callOfIndex[index] = target }
    if !id.isEmpty { calls[target].id = id }
    // The name comes whole and once, the arguments in pieces.
    if let name = fragment.function?.name, calls[target].name.isEmpty { calls[target].name = name }
    calls[target].arguments += fragment.function?.arguments?.text ?? ""
    if let data = fragment.extraContent, data != .null { calls[target].providerData = data }
  }

  private mutating func end() -> [ChatEvent] {
    isComplete = true
    var events: [ChatEvent] = []
    for (number, call) in calls.enumerated() where !call.name.isEmpty {
      var call = call
      if call.id.isEmpty { call.id = "call_\(number + 1)" }
      if call.arguments.allSatisfy(\.isWhitespace) { call.arguments = "{}" }
      events.append(.toolCall(call))
    }
    let reason = FinishReason(openAI: finishReason ?? "stop", hasCalls: !events.isEmpty)
    if let usage { events.append(.usage(usage)) }
    return events + [.finish(reason)]
  }
}

extension FinishReason {
  /// Gemini and some servers end a message with calls with `stop`.
  init(openAI reason: String, hasCalls: Bool) {
    switch reason.lowercased() {
    case "stop": self = hasCalls ? .toolCalls : .stop
    case "length", "max_tokens": self = .length
    case "tool_calls", "function_call": self = .toolCalls
    case "content_filter", "safety": self = .contentFilter
    default: self = .other(reason)
    }
  }
}
