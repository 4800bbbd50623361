import HTTPClient

/// Embeddings of Cohere's interface v2, which tells documents and questions apart. At most 96 texts a
/// request.
public struct CohereEmbeddingModel: EmbeddingModel, RemoteModel {
  public struct Configuration: Sendable {
    public var model = "embed-v4.0"
    /// Values a vector: 256, 512, 1024 or 1536 for `embed-v4.0` and newer; nil for the model's own number.
    public var dimensions: Int?
    /// For one request with its retries.
    public var timeout: Duration = .seconds(120)
    /// Requests at once: at first, and at most.
    public var concurrency = (initial: 4, maximum: 16)

    public init(model: String = "embed-v4.0", dimensions: Int? = nil) {
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
  private let model: String
  private let outputDimension: Int?

  /// - Throws: `ModelError` where the model cannot have the dimensions, or they are not known.
  public init(
    _ configuration: Configuration = Configuration(), endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier()
  ) throws(ModelError) {
    let errors = ErrorContext(
      endpoint: endpoint, model: configuration.model, modelVariable: "COHERE_EMBEDDING_MODEL")
    let known = KnownModel.named(configuration.model)
    guard let dimensions = configuration.dimensions ?? known?.dimensions, dimensions > 0 else {
      throw errors.error(
        .invalidRequest, "The number of dimensions of '\(configuration.model)' is not known.",
        hint: "Give the number of dimensions, or use 'embed-v4.0'.")
    }
    let isFixed = configuration.model.hasSuffix("-v3.0")
    let isPossible = isFixed ? dimensions == known?.dimensions : [256, 512, 1024, 1536].contains(dimensions)
    if known != nil, !isPossible {
      throw errors.error(
        .invalidRequest, "'\(configuration.model)' cannot have \(dimensions) dimensions.",
        hint: isFixed
          ? "Leave the dimensions out: it has \(known?.dimensions ?? 0)." : "Use 256, 512, 1024 or 1536.")
    }
    let connection = ProviderConnection(
      endpoint: endpoint, errors: errors, client: client, retrier: retrier,
      limiter: ConcurrencyLimiter(
        initial: configuration.concurrency.initial, maximum: configuration.concurrency.maximum),
      timeout: configuration.timeout)
    embedder = RemoteEmbedder(
      connection: connection, tokens: EstimatedTokenCounter(window: known?.window ?? 512),
      dimensions: dimensions, maximumInputs: 96, maximumTokens: nil)
    model = configuration.model
    outputDimension = dimensions == known?.dimensions ? nil : dimensions
    fingerprint = EmbeddingFingerprint(
      provider: endpoint.name, model: model, dimensions: dimensions, pooling: "api", precision: "api")
  }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    try await embedder.embed(texts) { texts throws(ModelError) in try await request(texts, role) }
  }

  public func availableModels(deadline: ContinuousClock.Instant? = nil) async throws -> [String] {
    try await embedder.connection.listModels(for: .embed, deadline: deadline)
  }

  private func request(
    _ texts: [String], _ role: EmbeddingRole
  ) async throws(ModelError) -> RemoteEmbedder.Batch {
    let connection = embedder.connection
    let body = CohereEmbeddingRequest(
      texts: texts, model: model, inputType: role == .query ? "search_query" : "search_document",
      embeddingTypes: ["float"], outputDimension: outputDimension)
    do throws(ModelError) {
      let response = try await connection.send(.post, "v2/embed", body)
      let answer = try connection.decode(CohereEmbeddingResponse.self, from: response)
      guard let vectors = answer.embeddings.float else {
        throw connection.errors.invalid("it has no vectors of the type 'float'", excerpt: response.body)
      }
      let tokens = answer.meta?.billedUnits?.inputTokens ?? 0
      return RemoteEmbedder.Batch(vectors: vectors, usage: Usage(promptTokens: Int(clamping: tokens)))
    } catch {
      throw await connection.explained(error, purpose: .embed)
    }
  }
}

private struct CohereEmbeddingRequest: Encodable, Sendable {
  var texts: [String]
  var model: String
  var inputType: String
  var embeddingTypes: [String]
  var outputDimension: Int?
  var truncate = "END"
}

private struct CohereEmbeddingResponse: Decodable {
  struct ByType: Decodable {
    var float: [[Float]]?
  }
  var embeddings: ByType
  var meta: CohereMeta?
}

/// What Cohere bills.
struct CohereMeta: Decodable {
  struct Units: Decodable {
    var inputTokens: Double?
    var outputTokens: Double?
    var searchUnits: Double?
  }
  var billedUnits: Units?
}

extension Int {
  /// The nearest integer, 0 for what is no number.
  init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }
}
