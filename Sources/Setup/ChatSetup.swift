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
    EnvironmentVariable("GEMINI_MODEL", "Chat model at Gemini."),
    EnvironmentVariable("COHERE_MODEL", "Chat model at Cohere."),
  ]

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// The chat model; nil where answers are made of the documents' own sentences.
  public func model() throws(UsageError) -> (any ChatModel)? {
    switch try settings.read("CHAT_PROVIDER", ValueType<Provider>.choice()) ?? provider {
    case .extractive: return nil
    case .openai:
      return OpenAIChatModel(
        OpenAIChatModel.Configuration(model: settings["OPENAI_MODEL"]),
        endpoint: ProviderSetup.openAI(settings),
        client: client)
    case .gemini:
      return OpenAIChatModel(
        OpenAIChatModel.Configuration(model: settings["GEMINI_MODEL"]),
        endpoint: ProviderSetup.gemini(settings),
        client: client)
    case .cohere:
      return CohereChatModel(
        model: settings["COHERE_MODEL"], endpoint: ProviderSetup.cohere(settings), client: client)
    }
  }

  /// The first provider that could be asked.
  private var provider: Provider {
    if settings["OPENAI_API_KEY"] != nil || settings["OPENAI_BASE_URL"] != nil { return .openai }
    if settings["GEMINI_API_KEY"] != nil { return .gemini }
    return settings["COHERE_API_KEY"] != nil ? .cohere : .extractive
  }
}
