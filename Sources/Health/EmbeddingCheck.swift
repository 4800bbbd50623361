import Models
import Retrieval

/// Embeds a short text; of a provider's model only asks whether the key can use it, which costs nothing.
public struct EmbeddingCheck: HealthCheck {
  private let model: any EmbeddingModel
  private let listing: ModelListingCheck?
  private let outage: Outage?

  /// - Parameter outage: failures of the searches that ask it.
  public init(model: any EmbeddingModel, outage: Outage? = nil) {
    self.model = model
    self.outage = outage
    listing = (model as? any RemoteModel).map { ModelListingCheck(model: $0, name: model.fingerprint.model) }
  }

  public let name = "embedding_model"
  public let hint =
    "Without it only searches with \"mode\": \"lexical\" work. The server's log and 'ingest doctor' say more."

  public func run() async throws -> HealthFinding {
    if let left = outage?.current { return HealthFinding(left, model.fingerprint.model) }
    if let listing { return try await listing.finding(severity: severity) }
    let vector = try await model.embed(["health"], as: .query)
    guard vector.count == 1, vector.dimensions == model.fingerprint.dimensions else {
      throw ModelError(
        .invalidResponse, provider: model.fingerprint.provider,
        message:
          "\(model.fingerprint) gave \(vector.count) vectors of \(vector.dimensions) values for one text.")
    }
    return HealthFinding(detail: "\(model.fingerprint) embeds.")
  }
}
