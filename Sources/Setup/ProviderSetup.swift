import Commands
import Models

/// Addresses and keys of the providers, from the settings; keys are read afresh on every request.
enum ProviderSetup {
  static func openAI(_ settings: Settings) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["OPENAI_API_KEY"] }
    return settings["OPENAI_BASE_URL"].map { .openAI(baseURL: $0, key: key) } ?? .openAI(key: key)
  }

  static func gemini(_ settings: Settings) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["GEMINI_API_KEY"] }
    return settings["GEMINI_BASE_URL"].map { .gemini(baseURL: $0, key: key) } ?? .gemini(key: key)
  }

  static func cohere(_ settings: Settings) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["COHERE_API_KEY"] }
    return settings["COHERE_BASE_URL"].map { .cohere(baseURL: $0, key: key) } ?? .cohere(key: key)
  }
}
