import Glibc
import Transformer

/// A BERT or RoBERTa cross-encoder that runs in this process.
public final class LocalRerankModel: RerankModel {
  public let name: String
  public let directory: ModelDirectory
  private let encoder: CrossEncoder

  /// Loads the model in `directory`, a classifier of one label (how relevant) or two (irrelevant and relevant).
  ///
  /// - Parameters:
  ///   - precision: the arithmetic of the matrix products.
  ///   - pool: threads to share with other models; by default the model starts its own.
  public init(
    directory: ModelDirectory, precision: Precision = .f32, pool: WorkerPool? = nil
  ) throws(TransformerError) {
    encoder = try CrossEncoder(directory: directory.path, precision: precision, pool: pool)
    guard encoder.labels <= 2 else {
      throw .unsupported(
        file: directory.path + "/config.json",
        reason: "a reranker has one label or two, and this model has \(encoder.labels)")
    }
    self.directory = directory
    name = directory.name
  }

  /// Enough for every thread to have a batch of its own.
  public var batchSize: Int { 8 }

  /// The logistic function of a single logit, or the probability of the second of two labels.
  public func rerank(_ documents: [String], for query: String) async throws -> RerankScores {
    let logits = try await encoder.score(query: query, documents: documents)
    let scores = stride(from: 0, to: logits.count, by: encoder.labels).map { start in
      let logit = encoder.labels == 1 ? logits[start] : logits[start + 1] - logits[start]
      return 1 / (1 + expf(-logit))
    }
    guard scores.allSatisfy(\.isFinite) else {
      throw ModelError(
        .invalidResponse, provider: "local",
        message: "The reranker '\(name)' gives scores that are no numbers.",
        hint: "Its files in '\(directory.path)' may be damaged: fetch them again.")
    }
    return RerankScores(scores)
  }
}
