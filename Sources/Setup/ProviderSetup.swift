import Commands
import Models

/// Addresses and keys of the providers, from the settings; keys are read afresh on every request.
public enum ProviderSetup {
  /// Refuses addresses that are none, also of providers that are not asked now.
  ///
  /// - Throws: `UsageError` naming the variable.
  public static func check(_ settings: Settings) throws(UsageError) {
    for provider in [ChatSetup.Provider.openai, .gemini, .cohere] { _ = try address(of: provider, settings) }
  }

  /// Nil for the provider's own address.
  static func address(
    of provider: ChatSetup.Provider, _ settings: Settings
  ) throws(UsageError) -> String? {
    switch provider {
    case .extractive: nil
    case .openai: try settings.address("OPENAI_BASE_URL", like: "https://api.openai.com/v1")
    case .gemini:
      try settings.address(
        "GEMINI_BASE_URL", like: "https://generativelanguage.googleapis.com/v1beta/openai")
    case .cohere: try settings.address("COHERE_BASE_URL", like: "https://api.cohere.com")
    }
  }

  static func openAI(_ settings: Settings) throws(UsageError) -> ProviderEndpoint {
    openAI(settings, at: try address(of: .openai, settings))
  }

  static func cohere(_ settings: Settings) throws(UsageError) -> ProviderEndpoint {
    cohere(settings, at: try address(of: .cohere, settings))
  }

  // At an address that was read before; nil for the provider's own.

  static func openAI(_ settings: Settings, at address: String?) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["OPENAI_API_KEY"] }
    return address.map { .openAI(baseURL: $0, key: key) } ?? .openAI(key: key)
  }

  static func gemini(_ settings: Settings, at address: String?) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["GEMINI_API_KEY"] }
    return address.map { .gemini(baseURL: $0, key: key) } ?? .gemini(key: key)
  }

  static func cohere(_ settings: Settings, at address: String?) -> ProviderEndpoint {
    let key: @Sendable () -> String? = { settings["COHERE_API_KEY"] }
    return address.map { .cohere(baseURL: $0, key: key) } ?? .cohere(key: key)
  }
}
