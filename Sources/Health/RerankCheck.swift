import Models

/// Scores one passage; of a provider's reranker only asks whether the key can use it.
public struct RerankCheck: HealthCheck {
  private let model: any RerankModel
  private let listing: ModelListingCheck?

  public init(model: any RerankModel) {
    self.model = model
    listing = (model as? any RemoteModel).map { ModelListingCheck(model: $0, name: model.name) }
  }

  public let name = "reranker"
  public let hint = "Passages keep the order of the search until it works."
  public let severity = HealthStatus.degraded

  public func run() async throws -> HealthFinding {
    if let listing { return try await listing.finding(severity: severity) }
    let scores = try await model.scores(of: ["It works."], for: "Does it work?")
    guard scores.count == 1, scores[0].isFinite else {
      throw ModelError(
        .invalidResponse, provider: "local", message: "\(model.name) gave \(scores) for one passage.")
    }
    return HealthFinding(detail: "\(model.name) scores.")
  }
}
