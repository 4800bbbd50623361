/// Judges how well passages answer a question, reading both together.
public protocol RerankModel: Sendable {
  /// The model's name as its provider spells it.
  var name: String { get }

  /// A score for each document, in their order; higher is more relevant. Scores are comparable within one
  /// call only, and their scale is the model's own.
  func scores(of documents: [String], for query: String) async throws -> [Float]
}
