import HTTPClient

/// Cohere's chat interface v2.
public struct CohereChatModel: ChatModel, RemoteModel {
  public let name: String
  public var window: Int { size.tokens }
  public var endpoint: ProviderEndpoint { connection.endpoint }

  private let connection: ProviderConnection
  private let size: ChatWindow

  /// - Parameters:
  ///   - model: nil for a default.
  ///   - timeout: for a whole answer with all retries, unless the request brings a deadline.
  public init(
    model: String? = nil, window: Int? = nil, endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier(), timeout: Duration = .seconds(120)
  ) {
    let name = model ?? endpoint.defaultChatModel
    self.name = name
    size = ChatWindow(window ?? KnownModel.named(name)?.window ?? endpoint.defaultWindow)
    connection = ProviderConnection(
      endpoint: endpoint,
      errors: ErrorContext(endpoint: endpoint, model: name, modelVariable: "COHERE_MODEL"),
      client: client, retrier: retrier, limiter: nil, timeout: timeout, maximumResponseBytes: 64 << 20)
  }

  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    ChatPump.stream(errors: connection.errors, decoder: CohereChatDecoder(errors: connection.errors)) {
      () throws(ModelError) in
      do throws(ModelError) {
        return try await connection.open(
          "v2/chat", CohereChatBody(request, model: name), deadline: request.deadline)
      } catch {
        size.learn(from: error)
        throw await connection.explained(error, purpose: .chat, deadline: request.deadline)
      }
    }
  }

  public func availableModels(deadline: ContinuousClock.Instant? = nil) async throws -> [String] {
    try await connection.listModels(for: .chat, deadline: deadline)
  }
}
