import HTTPClient

/// A model behind a provider's interface, which can say what else the key could use.
public protocol RemoteModel: Sendable {
  var endpoint: ProviderEndpoint { get }

  /// Names of the models that the key can use, the newest first where the provider tells. Costs nothing,
  /// and so serves as a check of key and address.
  func availableModels(deadline: ContinuousClock.Instant?) async throws -> [String]
}

/// What a model is wanted for.
enum ModelPurpose: String, Sendable {
  case chat
  case embed
  case rerank

  /// Names tell it: no interface but Cohere's says what a model is for.
  func includes(_ name: String) -> Bool {
    let name = name.lowercased()
    switch self {
    case .embed: return name.contains("embed")
    case .rerank: return name.contains("rerank")
    case .chat:
      let others = [
        "embed", "rerank", "whisper", "tts", "dall-e", "image", "audio", "realtime", "moderation",
        "transcribe", "translate", "sora", "veo", "imagen", "babbage", "davinci", "computer-use", "aqa",
        "live",
      ]
      return !others.contains { name.contains($0) }
    }
  }
}

extension ProviderConnection {
  private struct OpenAIList: Decodable {
    struct Model: Decodable {
      var id: String
      var created: Double?
    }
    var data: [Model]
  }

  private struct CohereList: Decodable {
    struct Model: Decodable {
      var name: String?
      var isDeprecated: Bool?
    }
    var models: [Model]
  }

  /// All models, without Gemini's `models/` before their names. Asked once: whoever checks a provider within a short
  /// deadline wants to know why it failed, not that there was no time for another try.
  func listModels(
    for purpose: ModelPurpose, deadline: ContinuousClock.Instant? = nil
  ) async throws(ModelError) -> [String] {
    var once = self
    once.retrier.policy = .never
    return try await once.listed(for: purpose, deadline: deadline)
  }

  private func listed(
    for purpose: ModelPurpose, deadline: ContinuousClock.Instant?
  ) async throws(ModelError) -> [String] {
    if endpoint.dialect == .cohere {
      let path = "v1/models?page_size=1000&endpoint=\(purpose.rawValue)"
      let list = try decode(CohereList.self, from: try await send(.get, path, deadline: deadline))
      return list.models.filter { $0.isDeprecated != true }.compactMap(\.name)
    }
    let list = try decode(OpenAIList.self, from: try await send(.get, "models", deadline: deadline))
    let newestFirst = list.data.sorted { ($0.created ?? 0) > ($1.created ?? 0) }
    let names = newestFirst.map { $0.id.hasPrefix("models/") ? String($0.id.dropFirst(7)) : $0.id }
    let suitable = names.filter(purpose.includes)
    // Servers of one's own name models freely.
    return suitable.isEmpty ? names : suitable
  }

  /// Adds to a `model_not_found` which models the key can use; other errors stay as they are.
  func explained(
    _ error: ModelError, purpose: ModelPurpose, deadline: ContinuousClock.Instant? = nil
  ) async -> ModelError {
    guard error.kind == .modelNotFound else { return error }
    let limit = retrier.now() + .seconds(5)
    var single = self
    single.retrier.policy = .never
    guard
      let names = try? await single.listModels(
        for: purpose, deadline: deadline.map { min($0, limit) } ?? limit),
      !names.isEmpty
    else { return error }
    var error = error
    let nearest = Self.nearest(to: errors.model, among: names)
    let shown = nearest.prefix(10).joined(separator: ", ")
    let more = nearest.count > 10 ? " and \(nearest.count - 10) more" : ""
    error.message += " The key can use: \(shown)\(more)."
    return error
  }

  /// Those that share the longest beginning with the wanted name first, otherwise in their order.
  static func nearest(to name: String, among names: [String]) -> [String] {
    let wanted = Array(name.utf8)
    return names.enumerated().map { index, name in
      (shared: zip(wanted, name.utf8).prefix { $0 == $1 }.count, index: index, name: name)
    }.sorted { ($0.shared, $1.index) > ($1.shared, $0.index) }.map(\.name)
  }
}
