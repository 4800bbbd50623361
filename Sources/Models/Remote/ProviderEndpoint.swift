/// Where a provider is reached, with which key, and what its settings are called.
public struct ProviderEndpoint: Sendable {
  /// What a server understands beyond the common part of the interface.
  enum Dialect: Sendable {
    case openAI
    case gemini
    /// Ollama, llama.cpp, vLLM and other servers that imitate OpenAI's.
    case compatible
    case cohere
  }

  /// `openai`, `gemini` or `cohere`: the provider of errors and fingerprints.
  public let name: String
  /// Without a slash at its end.
  public let baseURL: String
  /// Reads the key at every request, so that a changed one takes effect at once.
  public let key: @Sendable () -> String?
  /// The settings that hints name, such as `OPENAI_API_KEY`.
  public let keyVariable: String
  public let baseURLVariable: String
  let dialect: Dialect

  /// OpenAI, or a server with the same interface at another address.
  public static func openAI(
    baseURL: String = "https://api.openai.com/v1", key: @escaping @Sendable () -> String?
  ) -> ProviderEndpoint {
    ProviderEndpoint(
      name: "openai", baseURL: trim(baseURL), key: key, keyVariable: "OPENAI_API_KEY",
      baseURLVariable: "OPENAI_BASE_URL", dialect: dialect(of: baseURL))
  }

  /// Gemini through its OpenAI-compatible interface.
  public static func gemini(
    baseURL: String = "https://generativelanguage.googleapis.com/v1beta/openai",
    key: @escaping @Sendable () -> String?
  ) -> ProviderEndpoint {
    ProviderEndpoint(
      name: "gemini", baseURL: trim(baseURL), key: key, keyVariable: "GEMINI_API_KEY",
      baseURLVariable: "GEMINI_BASE_URL", dialect: .gemini)
  }

  public static func cohere(
    baseURL: String = "https://api.cohere.com", key: @escaping @Sendable () -> String?
  ) -> ProviderEndpoint {
    var base = trim(baseURL)
    // The paths carry the version.
    for version in ["/v1", "/v2"] where base.hasSuffix(version) { base = String(base.dropLast(3)) }
    return ProviderEndpoint(
      name: "cohere", baseURL: base, key: key, keyVariable: "COHERE_API_KEY",
      baseURLVariable: "COHERE_BASE_URL", dialect: .cohere)
  }

  /// How people call it.
  var title: String {
    switch dialect {
    case .openAI: "OpenAI"
    case .gemini: "Gemini"
    case .cohere: "Cohere"
    case .compatible: "The server at \(host)"
    }
  }

  /// Whether a request without a key is bound to fail; servers of one's own often want none.
  var requiresKey: Bool { dialect != .compatible }

  /// Host and port of the base URL.
  var host: String {
    let start = baseURL.firstRange(of: "://")?.upperBound ?? baseURL.startIndex
    let authority = baseURL[start...].prefix { $0 != "/" && $0 != "?" }
    return String(authority.split(separator: "@").last ?? authority)
  }

  private static func trim(_ url: String) -> String {
    var url = url[...]
    for _ in 0..<2 {
      while url.last == "/" { url = url.dropLast() }
      // People paste the address of a whole request.
      for path in ["/chat/completions", "/embeddings", "/models"] where url.hasSuffix(path) {
        url = url.dropLast(path.count)
      }
    }
    return String(url)
  }

  private static func dialect(of url: String) -> Dialect {
    let host = ProviderEndpoint(
      name: "", baseURL: url, key: { nil }, keyVariable: "", baseURLVariable: "", dialect: .compatible
    ).host.lowercased().prefix { $0 != ":" }
    if host == "api.openai.com" || host.hasSuffix(".api.openai.com") || host.hasSuffix(".openai.azure.com") {
      return .openAI
    }
    return host == "generativelanguage.googleapis.com" ? .gemini : .compatible
  }
}
