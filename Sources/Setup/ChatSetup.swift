import Commands
import HTTPClient
import Models

/// Makes the chat model that the settings ask for.
public struct ChatSetup: Sendable {
  public enum Provider: String, Sendable, CaseIterable {
    case extractive, openai, gemini, cohere
  }

  /// Variables that decide about the chat model, for `--help`.
  public static let variables = [
    EnvironmentVariable(
      "CHAT_PROVIDER",
      "Who writes answers: extractive, openai, gemini or cohere; by default the one whose key is set."),
    EnvironmentVariable("OPENAI_MODEL", "Chat model at OpenAI or a server with its interface."),
    EnvironmentVariable("GEMINI_API_KEY", "Key for Gemini's models."),
    EnvironmentVariable("GEMINI_BASE_URL", "Another address of Gemini's interface."),
    EnvironmentVariable("GEMINI_MODEL", "Chat model at Gemini."),
    EnvironmentVariable("COHERE_MODEL", "Chat model at Cohere."),
    EnvironmentVariable(
      "CHAT_WINDOW",
      "Tokens of prompt and answer that the chat model takes; known for the providers' own, 8192 or what a refusal says for others."
    ),
  ]

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// A provider, where it is reached, and which of its models is meant.
  public struct Choice: Sendable, Hashable {
    public var provider: Provider
    /// Nil for the provider's own address.
    public var address: String?
    /// Nil for the provider's default.
    public var name: String?
    /// Tokens of prompt and answer; nil for what is known of the model.
    public var window: Int?
  }

  /// The chat model; nil where answers are made of the documents' own sentences.
  public func model() throws(UsageError) -> (any ChatModel)? {
    try choice().map { model($0) }
  }

  /// What the settings choose now; nil where answers are made of the documents' own sentences.
  public func choice() throws(UsageError) -> Choice? {
    let provider = try settings.read("CHAT_PROVIDER", ValueType<Provider>.choice()) ?? self.provider
    guard provider != .extractive else { return nil }
    let prefix = provider.rawValue.uppercased()
    return Choice(
      provider: provider, address: try ProviderSetup.address(of: provider, settings),
      name: settings["\(prefix)_MODEL"],
      window: try settings.read("CHAT_WINDOW", .integer(in: 512...100_000_000)))
  }

  /// The variable of the key that the chosen provider wants and nothing sets; nil where it has one, and where requests go
  /// to another address, which may want none.
  public func missingKey() throws(UsageError) -> String? {
    guard let choice = try choice(), choice.address == nil else { return nil }
    let variable = "\(choice.provider.rawValue.uppercased())_API_KEY"
    return settings[variable] == nil ? variable : nil
  }

  /// The chosen model; its key is read at each request.
  public func model(_ choice: Choice) -> any ChatModel {
    var configuration = OpenAIChatModel.Configuration(model: choice.name)
    configuration.window = choice.window
    return switch choice.provider {
    case .gemini:
      OpenAIChatModel(
        configuration, endpoint: ProviderSetup.gemini(settings, at: choice.address),
        client: client)
    case .cohere:
      CohereChatModel(
        model: choice.name, window: choice.window,
        endpoint: ProviderSetup.cohere(settings, at: choice.address), client: client)
    case .openai, .extractive:
      OpenAIChatModel(
        configuration, endpoint: ProviderSetup.openAI(settings, at: choice.address),
        client: client)
    }
  }

  /// The first provider that could be asked.
  private var provider: Provider {
    if settings["OPENAI_API_KEY"] != nil || settings["OPENAI_BASE_URL"] != nil { return .openai }
    if settings["GEMINI_API_KEY"] != nil { return .gemini }
    return settings["COHERE_API_KEY"] != nil ? .cohere : .extractive
  }
}
