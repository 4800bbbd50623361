import Models

/// A reranker whose calls are counted.
struct MeasuredRerankModel: RerankModel {
  let base: any RerankModel
  let metrics: Metrics

  var name: String { base.name }

  func scores(of documents: [String], for query: String) async throws -> [Float] {
    let start = ContinuousClock.now
    defer { metrics.called(.rerank, model: base.name, in: .now - start) }
    do {
      return try await base.scores(of: documents, for: query)
    } catch {
      metrics.failed(.rerank, error)
      throw error
    }
  }
}
