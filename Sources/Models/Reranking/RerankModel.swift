/// Judges how well passages answer a question, reading both together.
public protocol RerankModel: Sendable {
  /// The model's name as its provider spells it.
  var name: String { get }

  /// Documents from which on a call costs as much for each as a larger one does: whoever has little time asks for
  /// that many at once.
  var batchSize: Int { get }

  /// Scores all documents.
  func rerank(_ documents: [String], for query: String) async throws -> RerankScores
}

extension RerankModel {
  /// One call for all, as suits models that are asked over a network.
  public var batchSize: Int { .max }

  /// A score for each document, in their order.
  public func scores(of documents: [String], for query: String) async throws -> [Float] {
    try await rerank(documents, for: query).values
  }
}
