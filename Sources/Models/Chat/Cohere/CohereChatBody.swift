/// The JSON of `POST /v2/chat`; absent members are left out.
struct CohereChatBody: Encodable, Sendable {
  var model: String
  var messages: [OpenAIChatMessage]
  var stream = true
  /// Between 0 and 1, where OpenAI's goes up to 2.
  var temperature: Double?
  /// What others call top-p, between 0.01 and 0.99.
  var p: Double?
  var maxTokens: Int?
  var stopSequences: [String]?
  var tools: [OpenAIChatBody.Tool]?
  var toolChoice: String?

  init(_ request: ChatRequest, model: String) {
    self.model = model
    // Roles, tool calls and tool results have OpenAI's shape.
    messages = request.messages.map { OpenAIChatMessage($0, systemRole: "system") }
    temperature = request.temperature.map { min(max($0, 0), 1) }
    p = request.topP.map { min(max($0, 0.01), 0.99) }
    maxTokens = request.maximumTokens
    // At most five are allowed.
    if !request.stop.isEmpty { stopSequences = Array(request.stop.prefix(5)) }
    guard !request.tools.isEmpty else { return }
    tools = request.tools.map {
      .init(
        function: .init(
          name: $0.name, description: $0.description.isEmpty ? nil : $0.description, parameters: $0.parameters
        ))
    }
    switch request.toolChoice {
    case .auto: break
    case .none: toolChoice = "NONE"
    case .required: toolChoice = "REQUIRED"
    }
  }
}
