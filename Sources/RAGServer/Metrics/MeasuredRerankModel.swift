import Models
import Retrieval

/// A reranker whose calls are counted.
struct MeasuredRerankModel: RerankModel {
  let base: any RerankModel
  let metrics: Metrics

  var name: String { base.name }
  var batchSize: Int { base.batchSize }

  func rerank(_ documents: [String], for query: String) async throws -> RerankScores {
    let start = ContinuousClock.now
    defer { metrics.called(.rerank, model: base.name, in: .now - start) }
    do {
      let scores = try await base.rerank(documents, for: query)
      if let units = scores.searchUnits { metrics.searched(units, model: base.name) }
      return scores
    } catch {
      metrics.failed(.rerank, error)
      throw error
    }
  }
}

extension SentenceReranker {
  /// The same reranker, what came of its calls counted.
  func measured(_ metrics: Metrics) -> SentenceReranker {
    var copy = self
    copy.observe = metrics.reranked
    return copy
  }
}

extension Reranker {
  /// The same reranker, its calls and what came of them counted.
  func measured(_ metrics: Metrics) -> Reranker {
    var copy = self
    copy.model = MeasuredRerankModel(base: model, metrics: metrics)
    copy.observe = metrics.reranked
    return copy
  }
}
