import Commands
import Models

/// Which embedding model is meant: what a flag, the settings or a corpus name.
public struct ModelChoice: Sendable, Equatable {
  public enum Provider: String, Sendable, CaseIterable {
    case local, openai, cohere
  }

  public var provider: Provider
  /// Name or, for a local model, a path; nil for the provider's default.
  public var name: String?
  /// Values a vector, where the model offers several; nil for its own number.
  public var dimensions: Int?

  public init(provider: Provider, name: String? = nil, dimensions: Int? = nil) {
    self.provider = provider
    self.name = name
    self.dimensions = dimensions
  }

  /// The model that a person asked for by `--model`, else by `EMBEDDING_MODEL`, else by `EMBEDDING_PROVIDER`; nil if
  /// none says anything.
  ///
  /// Names of OpenAI's and Cohere's models are recognised; any other name, or a path, is a local model.
  public static func requested(_ name: String?, settings: Settings) throws(UsageError) -> ModelChoice? {
    let dimensions = try settings.read("OPENAI_EMBEDDING_DIMENSIONS", .integer(in: 1...))
    let provider = try settings.read("EMBEDDING_PROVIDER", ValueType<Provider>.choice())
    if let name = name ?? settings["EMBEDDING_MODEL"] {
      let chosen = provider.flatMap { $0 == .local ? nil : $0 } ?? Self.provider(of: name)
      if let provider, chosen == provider { try check(name, of: provider, settings) }
      return ModelChoice(provider: chosen, name: name, dimensions: chosen == .openai ? dimensions : nil)
    }
    switch provider {
    case .openai:
      return ModelChoice(provider: .openai, name: settings["OPENAI_EMBEDDING_MODEL"], dimensions: dimensions)
    case .cohere: return ModelChoice(provider: .cohere, name: settings["COHERE_EMBEDDING_MODEL"])
    case .local: return ModelChoice(provider: .local)
    case nil: return nil
    }
  }

  /// The model that a corpus was embedded with.
  public init?(_ fingerprint: EmbeddingFingerprint) {
    guard let provider = Provider(rawValue: fingerprint.provider) else { return nil }
    self.init(
      provider: provider, name: fingerprint.model,
      dimensions: provider == .local ? nil : fingerprint.dimensions)
  }

  /// Refuses a name that the provider of `EMBEDDING_PROVIDER` cannot know: nobody but that variable is to blame then.
  ///
  /// A server of one's own, which `OPENAI_BASE_URL` or `COHERE_BASE_URL` names, may call its models as it likes.
  private static func check(_ name: String, of chosen: Provider, _ settings: Settings) throws(UsageError) {
    let address: String
    switch chosen {
    case .local: return
    case .openai: address = "OPENAI_BASE_URL"
    case .cohere: address = "COHERE_BASE_URL"
    }
    let own = provider(of: name)
    guard own != chosen, settings[address] == nil else { return }
    let environment = ModelSettings.environment(settings)
    // What nobody has heard of may be a provider's newest model.
    guard
      own != .local || name.contains("/") || name == ModelDirectory.defaultModel
        || name == ModelDirectory.expected(environment: environment).name
        || ModelDirectory.expected(name, environment: environment).holdsModel
    else { return }
    throw UsageError(
      "EMBEDDING_PROVIDER is \(chosen), and '\(name)' is a model of \(own.title).",
      hint: "Set EMBEDDING_PROVIDER=\(own) to use it.")
  }

  private static func provider(of name: String) -> Provider {
    if name.contains("/") { return .local }
    if name.hasPrefix("text-embedding-") { return .openai }
    return ["embed-v", "embed-english", "embed-multilingual"].contains(where: name.hasPrefix)
      ? .cohere : .local
  }
}

extension ModelChoice.Provider: CustomStringConvertible {
  public var description: String { rawValue }

  fileprivate var title: String {
    switch self {
    case .local: "this machine"
    case .openai: "OpenAI"
    case .cohere: "Cohere"
    }
  }
}
