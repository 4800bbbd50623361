import Models

/// Embeds a short text.
struct EmbeddingCheck: HealthCheck {
  let model: any EmbeddingModel

  let name = "embedding_model"
  let hint =
    "Without it only searches with \"mode\": \"lexical\" work. The server's log and 'ingest doctor' say more."

  func run() async throws -> HealthFinding {
    _ = try await model.embed(["health"], as: .query)
    return HealthFinding(detail: "\(model.fingerprint) embeds.")
  }
}
