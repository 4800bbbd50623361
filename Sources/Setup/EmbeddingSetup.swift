import Commands
import HTTPClient
import Models
import Retrieval
import Transformer

/// Makes the embedding model that flags, settings and the corpus ask for.
public struct EmbeddingSetup: Sendable {
  /// Variables that decide about the embedding model, for `--help`.
  public static let variables = [
    EnvironmentVariable("EMBEDDING_PROVIDER", "Who embeds: local, openai or cohere; local by default."),
    EnvironmentVariable("EMBEDDING_MODEL", "What --model names, where it is not given."),
    EnvironmentVariable("FOOTNOTE_MODEL_DIR", "Folder of the local embedding model."),
    EnvironmentVariable(
      "XDG_CACHE_HOME", "Folder whose footnote/models holds the models that are named; ~/.cache by default."),
    EnvironmentVariable("FOOTNOTE_PRECISION", "Arithmetic of the local model: f32, bf16, int8 or auto."),
    EnvironmentVariable("OPENAI_API_KEY", "Key for OpenAI's models."),
    EnvironmentVariable("OPENAI_BASE_URL", "Another server with OpenAI's interface."),
    EnvironmentVariable(
      "OPENAI_EMBEDDING_MODEL", "Embedding model at OpenAI; text-embedding-3-small by default."),
    EnvironmentVariable(
      "OPENAI_EMBEDDING_DIMENSIONS",
      "Values a vector, where the model offers several; asked of the server if not known."),
    EnvironmentVariable("COHERE_API_KEY", "Key for Cohere's models."),
    EnvironmentVariable("COHERE_EMBEDDING_MODEL", "Embedding model at Cohere; embed-v4.0 by default."),
    EnvironmentVariable("COHERE_BASE_URL", "Another address of Cohere's interface."),
  ]

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// The model that `name` or the settings ask for, else the one that the corpus was embedded with, else the
  /// local default.
  ///
  /// A model of a server with OpenAI's interface whose number of dimensions nobody knows embeds one short text.
  public func model(
    _ name: String?, corpus: EmbeddingFingerprint? = nil
  ) async throws -> any EmbeddingModel {
    let stored = corpus.flatMap { ModelChoice($0) }
    let requested = try ModelChoice.requested(name, settings: settings)
    var choice = requested ?? stored ?? ModelChoice(provider: .local)
    if choice.dimensions == nil, choice.provider == stored?.provider, choice.name == stored?.name {
      choice.dimensions = stored?.dimensions
    }
    do {
      let model = try await model(choice, precision: corpus?.precision)
      if requested == nil, choice.provider == .local { try checkDirectory(for: choice) }
      return model
    } catch LocalModelError.notInstalled(let directory) where requested == nil && stored != nil {
      throw LocalModelError.notInstalled(ModelDirectory(path: directory.path, source: .corpus))
    }
  }

  /// Says that the directory which the environment names holds no model, where another one is taken for the corpus.
  private func checkDirectory(for choice: ModelChoice) throws(LocalModelError) {
    let environment = ModelSettings.environment(settings)
    let configured = ModelDirectory.expected(environment: environment)
    guard configured.source == .environment, let name = choice.name, name != configured.name,
      !configured.holdsModel
    else { return }
    throw .misnamed(configured, needed: ModelDirectory.expected(name, environment: environment))
  }

  /// The model of `fingerprint`, whatever the settings say.
  ///
  /// - Throws: `CorpusError` if there is no fingerprint, or nobody who could embed with it is known.
  public func model(
    of fingerprint: EmbeddingFingerprint?, corpus path: String
  ) async throws -> any EmbeddingModel {
    guard let fingerprint, let choice = ModelChoice(fingerprint) else { throw CorpusError.noPrevious(path) }
    return try await model(choice, precision: fingerprint.precision)
  }

  private func model(_ choice: ModelChoice, precision: String?) async throws -> any EmbeddingModel {
    switch choice.provider {
    case .local:
      return try local(choice.name, precision: precision)
    case .openai:
      var configuration = OpenAIEmbeddingModel.Configuration()
      if let name = choice.name { configuration.model = name }
      configuration.dimensions = choice.dimensions
      configuration.requestsDimensions =
        KnownModel.named(configuration.model) != nil || settings["OPENAI_EMBEDDING_DIMENSIONS"] != nil
      return try await OpenAIEmbeddingModel.discover(
        configuration, endpoint: try ProviderSetup.openAI(settings), client: client)
    case .cohere:
      var configuration = CohereEmbeddingModel.Configuration()
      if let name = choice.name { configuration.model = name }
      configuration.dimensions = choice.dimensions
      return try CohereEmbeddingModel(
        configuration, endpoint: try ProviderSetup.cohere(settings), client: client)
    }
  }

  /// A local model by name or path; nil for the one that the settings name.
  private func local(_ name: String?, precision: String?) throws -> any EmbeddingModel {
    let environment = ModelSettings.environment(settings)
    // A model that was named by its folder when the corpus was made is known by that folder's name only.
    let configured = ModelDirectory.expected(environment: environment)
    let directory = try ModelDirectory.locate(name == configured.name ? nil : name, environment: environment)
    return try LocalEmbeddingModel(directory: directory, precision: try self.precision(of: precision))
  }

  /// The precision that the settings ask for, else the corpus's own, else the fastest one that is as good.
  private func precision(of corpus: String?) throws -> Precision {
    try ModelSettings.precision(settings) ?? corpus.flatMap { Precision(rawValue: $0) }
      ?? .automatic
  }
}
