import Models

/// Asks whether the chat provider takes the key and has the model; without a provider there is nothing to fail.
public struct ChatProviderCheck: HealthCheck {
  private let model: @Sendable () throws -> (any ChatModel)?
  private let listings = Listings()

  /// - Parameter model: the chat model as the settings name it now; nil where answers are extractive.
  public init(model: @escaping @Sendable () throws -> (any ChatModel)?) {
    self.model = model
  }

  public let name = "chat_provider"
  public let hint = "Answers are made of the documents' own sentences until the provider works."
  public let severity = HealthStatus.degraded

  public func run() async throws -> HealthFinding {
    guard let model = try model() else {
      return HealthFinding(detail: "None is configured: answers are made of the documents' own sentences.")
    }
    guard let remote = model as? any RemoteModel else { return HealthFinding(detail: "\(model.name).") }
    return try await listings.check(of: remote, named: model.name).finding(severity: severity)
  }

  /// Keeps what a provider said as long as it is the same one.
  private actor Listings {
    private var last: (id: String, check: ModelListingCheck)?

    func check(of model: any RemoteModel, named name: String) -> ModelListingCheck {
      let id = "\(model.endpoint.name) \(model.endpoint.baseURL) \(name)"
      if let last, last.id == id { return last.check }
      let check = ModelListingCheck(model: model, name: name)
      last = (id, check)
      return check
    }
  }
}
