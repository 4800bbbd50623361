/// The JSON of `POST /chat/completions`; absent members are left out.
struct OpenAIChatBody: Encodable, Sendable {
  struct StreamOptions: Encodable, Sendable {
    var includeUsage = true
  }

  struct Tool: Encodable, Sendable {
    struct Function: Encodable, Sendable {
      var name: String
      var description: String?
      var parameters: JSONValue
    }
    var type = "function"
    var function: Function
  }

  var model: String
  var messages: [OpenAIChatMessage]
  var stream = true
  var streamOptions: StreamOptions?
  var temperature: Double?
  var topP: Double?
  var maxTokens: Int?
  var maxCompletionTokens: Int?
  var stop: [String]?
  var reasoningEffort: String?
  var tools: [Tool]?
  var toolChoice: String?

  init(_ request: ChatRequest, model: String, quirks: Set<ChatQuirk>) {
    self.model = model
    let systemRole = quirks.contains(.systemRole) ? "system" : "developer"
    messages = request.messages.map { OpenAIChatMessage($0, systemRole: systemRole) }
    if !quirks.contains(.noStreamOptions) { streamOptions = StreamOptions() }
    if !quirks.contains(.noTemperature) { temperature = request.temperature }
    if !quirks.contains(.noTopP) { topP = request.topP }
    if let limit = request.maximumTokens {
      // A server that has refused both names gets neither.
      if !quirks.contains(.oldTokenLimit) {
        maxCompletionTokens = limit
      } else if !quirks.contains(.newTokenLimit) {
        maxTokens = limit
      }
    }
    if !quirks.contains(.noStop), !request.stop.isEmpty { stop = request.stop }
    if !quirks.contains(.noReasoningEffort) { reasoningEffort = request.reasoningEffort }
    guard !request.tools.isEmpty else { return }
    tools = request.tools.map {
      Tool(
        function: .init(
          name: $0.name, description: $0.description.isEmpty ? nil : $0.description, parameters: $0.parameters
        ))
    }
    if !quirks.contains(.noToolChoice) {
      switch request.toolChoice {
      case .auto: break
      case .none: toolChoice = "none"
      case .required: toolChoice = "required"
      }
    }
  }
}

struct OpenAIChatMessage: Encodable, Sendable {
  struct Call: Encodable, Sendable {
    struct Function: Encodable, Sendable {
      var name: String
      var arguments: String
    }
    var id: String
    var type = "function"
    var function: Function
    var extraContent: JSONValue?
  }

  var role: String
  var content: String?
  var toolCalls: [Call]?
  var toolCallId: String?

  init(_ message: ChatMessage, systemRole: String) {
    switch message {
    case .system(let text):
      (role, content) = (systemRole, text)
    case .user(let text):
      (role, content) = ("user", text)
    case .assistant(let text, let calls):
      role = "assistant"
      content = text.isEmpty && !calls.isEmpty ? nil : text
      guard !calls.isEmpty else { return }
      toolCalls = calls.map {
        Call(
          id: $0.id, function: .init(name: $0.name, arguments: $0.arguments), extraContent: $0.providerData)
      }
    case .tool(let id, let result):
      (role, content, toolCallId) = ("tool", result, id)
    }
  }
}
