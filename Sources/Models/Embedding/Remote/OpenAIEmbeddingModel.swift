import HTTPClient
import Synchronization

/// Embeddings of OpenAI, or of a server with its interface: Gemini, Ollama, llama.cpp, vLLM.
///
/// Limits of one request, from OpenAI's reference: 2,048 inputs, 300,000 tokens in all, 8,192 tokens an
/// input, no empty text. Gemini takes 100 inputs.
public struct OpenAIEmbeddingModel: EmbeddingModel, RemoteModel {
  public struct Configuration: Sendable {
    public var model = "text-embedding-3-small"
    /// Values a vector; nil for the model's own number, which must then be known or found by asking.
    public var dimensions: Int?
    /// Whether the server is asked for that number: not where it is only remembered from earlier answers.
    public var requestsDimensions = true
    /// Tokens of one text; nil for what is known of the model, else 8,191.
    public var window: Int?
    public var maximumInputs = 2048
    public var maximumRequestTokens = 300_000
    /// For one request with its retries.
    public var timeout: Duration = .seconds(120)
    /// Requests at once: at first, and at most.
    public var concurrency = (initial: 4, maximum: 16)

    public init(model: String = "text-embedding-3-small", dimensions: Int? = nil) {
      self.model = model
      self.dimensions = dimensions
    }
  }

  public let fingerprint: EmbeddingFingerprint
  public var tokens: any TokenCounter { embedder.tokens }
  public var endpoint: ProviderEndpoint { embedder.connection.endpoint }
  /// Tokens that the provider has counted since the model was created.
  public var usage: Usage { embedder.counter.usage }

  let embedder: RemoteEmbedder
  private let quirks: QuirkStore<EmbeddingQuirk>
  private let model: String

  /// - Throws: `ModelError` where the number of dimensions is neither given nor known, or the model has
  ///   another; `discover` asks the server for it.
  public init(
    _ configuration: Configuration = Configuration(), endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier()
  ) throws(ModelError) {
    let errors = ErrorContext(
      endpoint: endpoint, model: configuration.model, modelVariable: "OPENAI_EMBEDDING_MODEL")
    let known = KnownModel.named(configuration.model)
    guard let dimensions = configuration.dimensions ?? known?.dimensions, dimensions > 0 else {
      throw errors.error(
        .invalidRequest, "The number of dimensions of '\(configuration.model)' is not known.",
        hint: "Set OPENAI_EMBEDDING_DIMENSIONS, or OPENAI_EMBEDDING_MODEL to 'text-embedding-3-small'.")
    }
    if configuration.model.hasSuffix("ada-002"), dimensions != 1536 {
      throw errors.error(
        .invalidRequest, "'\(configuration.model)' has 1536 dimensions and cannot have \(dimensions).",
        hint: "Leave the dimensions out, or use 'text-embedding-3-small', which can be shortened.")
    }
    let connection = ProviderConnection(
      endpoint: endpoint, errors: errors, client: client, retrier: retrier,
      limiter: ConcurrencyLimiter(
        initial: configuration.concurrency.initial, maximum: configuration.concurrency.maximum),
      timeout: configuration.timeout)
    embedder = RemoteEmbedder(
      connection: connection,
      tokens: EstimatedTokenCounter(window: configuration.window ?? known?.window ?? 8191),
      dimensions: dimensions,
      maximumInputs: max(1, min(configuration.maximumInputs, endpoint.dialect == .gemini ? 100 : 2048)),
      maximumTokens: configuration.maximumRequestTokens)
    model = configuration.model
    fingerprint = EmbeddingFingerprint(
      provider: endpoint.name, model: model, dimensions: dimensions, pooling: "api", precision: "api")
    var quirks: Set<EmbeddingQuirk> = []
    // A parameter that changes nothing is not worth a refusal; Gemini is said to refuse unknown ones.
    if dimensions == known?.dimensions || configuration.dimensions == nil
      || !configuration.requestsDimensions
    {
      quirks.insert(.noDimensions)
    }
    if endpoint.dialect == .gemini { quirks.insert(.noEncodingFormat) }
    self.quirks = QuirkStore(quirks)
  }

  /// Creates a model whose dimensions nobody knows, by embedding one short text.
  public static func discover(
    _ configuration: Configuration, endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier()
  ) async throws -> OpenAIEmbeddingModel {
    var configuration = configuration
    if configuration.dimensions == nil, KnownModel.named(configuration.model)?.dimensions == nil {
      configuration.dimensions = 1
      let probe = try OpenAIEmbeddingModel(
        configuration, endpoint: endpoint, client: client, retrier: retrier)
      probe.quirks.insert(.noDimensions)
      configuration.dimensions = try await probe.request(["dimensions"]).vectors.first?.count
      let model = try OpenAIEmbeddingModel(
        configuration, endpoint: endpoint, client: client, retrier: retrier)
      model.quirks.insert(.noDimensions)
      return model
    }
    return try OpenAIEmbeddingModel(configuration, endpoint: endpoint, client: client, retrier: retrier)
  }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    try await embedder.embed(texts) { texts throws(ModelError) in try await request(texts) }
  }

  public func availableModels(deadline: ContinuousClock.Instant? = nil) async throws -> [String] {
    try await embedder.connection.listModels(for: .embed, deadline: deadline)
  }

  /// Sends one batch, again without a parameter that the server turns out not to know.
  private func request(_ texts: [String]) async throws(ModelError) -> RemoteEmbedder.Batch {
    let connection = embedder.connection
    while true {
      let present = quirks.present
      let body = OpenAIEmbeddingRequest(
        input: texts, model: model,
        encodingFormat: present.contains(.noEncodingFormat) ? nil : "base64",
        dimensions: present.contains(.noDimensions) ? nil : fingerprint.dimensions)
      do throws(ModelError) {
        let response = try await connection.send(.post, "embeddings", body)
        let answer = try connection.decode(OpenAIEmbeddingResponse.self, from: response)
        return RemoteEmbedder.Batch(
          vectors: try answer.orderedVectors(count: texts.count, errors: connection.errors),
          usage: Usage(promptTokens: answer.usage?.promptTokens ?? answer.usage?.totalTokens ?? 0))
      } catch {
        if let quirk = EmbeddingQuirk(refusal: error), quirks.insert(quirk) { continue }
        throw await connection.explained(error, purpose: .embed)
      }
    }
  }
}

/// A parameter that some servers do not take.
enum EmbeddingQuirk: String, Quirk {
  case noEncodingFormat = "encoding_format"
  case noDimensions = "dimensions"
}
