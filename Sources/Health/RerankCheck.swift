import Models
import Retrieval

/// Scores one passage; of a provider's reranker only asks whether the key can use it.
public struct RerankCheck: HealthCheck {
  private let model: any RerankModel
  private let listing: ModelListingCheck?
  private let outage: Outage?

  /// - Parameter outage: failures of the searches that ask it.
  public init(model: any RerankModel, outage: Outage? = nil) {
    self.model = model
    self.outage = outage
    listing = (model as? any RemoteModel).map { ModelListingCheck(model: $0, name: model.name) }
  }

  public let name = "reranker"
  public let hint = "Passages keep the order of the search until it works."
  public let severity = HealthStatus.degraded

  public func run() async throws -> HealthFinding {
    if let left = outage?.current { return HealthFinding(left, model.name) }
    if let listing { return try await listing.finding(severity: severity) }
    let scores = try await model.scores(of: ["It works."], for: "Does it work?")
    guard scores.count == 1, scores[0].isFinite else {
      throw ModelError(
        .invalidResponse, provider: "local", message: "\(model.name) gave \(scores) for one passage.")
    }
    return HealthFinding(detail: "\(model.name) scores.")
  }
}
