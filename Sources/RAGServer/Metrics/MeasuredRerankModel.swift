import Models
import Retrieval

/// A reranker whose calls are counted.
struct MeasuredRerankModel: RerankModel {
  let base: any RerankModel
  let metrics: Metrics

  var name: String { base.name }
  var batchSize: Int { base.batchSize }

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

extension Reranker {
  /// The same reranker, its calls and what came of them counted.
  func measured(_ metrics: Metrics) -> Reranker {
    Reranker(MeasuredRerankModel(base: model, metrics: metrics), options: options, observe: metrics.reranked)
  }
}
