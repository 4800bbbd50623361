import Models

/// Lists a provider's models, which proves address and key and costs nothing, and looks for the one in use.
actor ModelListingCheck {
  private let model: any RemoteModel
  private let name: String
  private let limit: Duration
  private let lifetime: Duration
  /// What was listed with which key, and when.
  private var last: (names: [String], key: String?, time: ContinuousClock.Instant)?

  /// - Parameters:
  ///   - limit: time for one listing, a little less than that for the whole check, so that the provider's own
  ///     error is reported.
  ///   - lifetime: how long a list is believed; a failure never is.
  init(
    model: any RemoteModel, name: String, limit: Duration = .milliseconds(1400),
    lifetime: Duration = .seconds(60)
  ) {
    self.model = model
    self.name = name
    self.limit = limit
    self.lifetime = lifetime
  }

  func finding(severity: HealthStatus) async throws -> HealthFinding {
    let names = try await names()
    if names.isEmpty || names.contains(where: isSame) {
      return HealthFinding(detail: "\(name) at \(model.endpoint.name) can be used.")
    }
    let nearest = RemoteModelNames.nearest(to: name, among: names)
    let shown = nearest.prefix(10).joined(separator: ", ")
    return HealthFinding(
      status: severity, detail: "The key for \(model.endpoint.name) cannot use the model '\(name)'.",
      hint: "Choose one that it can use: \(shown)\(nearest.count > 10 ? " and others" : "").",
      code: ModelError.Kind.modelNotFound.rawValue, models: Array(nearest.prefix(50)))
  }

  private func names() async throws -> [String] {
    let key = model.endpoint.key()
    if let last, last.key == key, last.time.duration(to: .now) < lifetime { return last.names }
    let names = try await model.availableModels(deadline: .now + limit)
    last = (names, key, .now)
    return names
  }

  /// Gemini's names may begin with `models/`, and Ollama's end with a tag that is `latest` by default.
  private func isSame(_ other: String) -> Bool {
    let wanted = name.hasPrefix("models/") ? String(name.dropFirst(7)) : name
    return other == wanted || other == wanted + ":latest"
  }
}
