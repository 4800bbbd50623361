import HTTPClient

/// Chat completions of OpenAI, or of a server with the same interface: Gemini, Ollama, llama.cpp, vLLM.
public struct OpenAIChatModel: ChatModel, RemoteModel {
  public struct Configuration: Sendable {
    /// Nil for the endpoint's default.
    public var model: String?
    /// Tokens of prompt and answer; nil for what is known of the model.
    public var window: Int?
    /// For a whole answer with all retries, unless the request brings a deadline.
    public var timeout: Duration = .seconds(120)

    public init(model: String? = nil) {
      self.model = model
    }
  }

  public let name: String
  public var window: Int { size.tokens }
  public var endpoint: ProviderEndpoint { connection.endpoint }

  private let connection: ProviderConnection
  private let size: ChatWindow
  private let quirks: QuirkStore<ChatQuirk>

  public init(
    _ configuration: Configuration = Configuration(), endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier()
  ) {
    let name = configuration.model ?? endpoint.defaultChatModel
    self.name = name
    size = ChatWindow(
      configuration.window ?? KnownModel.named(name)?.window ?? endpoint.defaultWindow)
    connection = ProviderConnection(
      endpoint: endpoint,
      errors: ErrorContext(
        endpoint: endpoint, model: name,
        modelVariable: endpoint.name == "gemini" ? "GEMINI_MODEL" : "OPENAI_MODEL"),
      client: client, retrier: retrier, limiter: nil, timeout: configuration.timeout,
      maximumResponseBytes: 64 << 20)
    quirks = QuirkStore(ChatQuirk.initial(for: endpoint.dialect, model: name))
  }

  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    ChatPump.stream(errors: connection.errors, decoder: OpenAIChatDecoder(errors: connection.errors)) {
      () throws(ModelError) in
      try await open(request)
    }
  }

  public func availableModels(deadline: ContinuousClock.Instant? = nil) async throws -> [String] {
    try await connection.listModels(for: .chat, deadline: deadline)
  }

  /// Opens the stream, again without a parameter that the server turns out not to take.
  private func open(_ request: ChatRequest) async throws(ModelError) -> HTTPStreamedResponse {
    while true {
      let body = OpenAIChatBody(request, model: name, quirks: quirks.present)
      do throws(ModelError) {
        return try await connection.open("chat/completions", body, deadline: request.deadline)
      } catch {
        if let quirk = ChatQuirk(refusal: error), quirks.insert(quirk) { continue }
        size.learn(from: error)
        throw await connection.explained(error, purpose: .chat, deadline: request.deadline)
      }
    }
  }
}

extension ProviderEndpoint {
  /// Models without a shutdown date in November 2026.
  var defaultChatModel: String {
    switch dialect {
    case .openAI, .compatible: "gpt-5.4-mini"
    case .gemini: "gemini-3.6-flash"
    case .cohere: "command-a-03-2025"
    }
  }

  /// For models that nothing is known of. Ollama cuts prompts at 4,096 tokens unless it is set up otherwise.
  var defaultWindow: Int {
    switch dialect {
    case .openAI, .cohere: 128_000
    case .gemini: 1_048_576
    case .compatible: host.hasSuffix(":11434") ? 4096 : 8192
    }
  }
}

/// A parameter that some servers or models do not take; its raw value is the parameter's name.
enum ChatQuirk: String, Quirk {
  case noTemperature = "temperature"
  case noTopP = "top_p"
  case noStreamOptions = "stream_options"
  /// `max_tokens` is refused: `max_completion_tokens` is sent.
  case newTokenLimit = "max_tokens"
  /// `max_completion_tokens` is refused: `max_tokens` is sent.
  case oldTokenLimit = "max_completion_tokens"
  case noStop = "stop"
  case noReasoningEffort = "reasoning_effort"
  case noToolChoice = "tool_choice"
  /// Instructions go under `system` instead of `developer`.
  case systemRole = "developer"

  /// What is known before the first request.
  static func initial(for dialect: ProviderEndpoint.Dialect, model: String) -> Set<ChatQuirk> {
    guard dialect == .openAI else { return [.oldTokenLimit, .systemRole] }
    // Models up to GPT-4 take sampling parameters and know no developer role by name, but accept it.
    let reasons = !["gpt-3", "gpt-4", "chatgpt", "ft:gpt-3", "ft:gpt-4"].contains { model.hasPrefix($0) }
    return reasons
      ? [.newTokenLimit, .noTemperature, .noTopP, .noStop] : [.newTokenLimit, .noReasoningEffort]
  }
}
