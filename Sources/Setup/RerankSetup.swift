import Commands
import HTTPClient
import Models
import Retrieval
import Transformer

/// Makes the reranker that the settings ask for, and says what becomes of the passages of a search.
public struct RerankSetup: Sendable {
  public enum Provider: String, Sendable, CaseIterable {
    case none, sentences, local, cohere
  }

  /// Variables that decide about the order of passages, for `--help`.
  public static let variables = [
    EnvironmentVariable(
      "RERANK_PROVIDER",
      "Who puts the best passages in order: sentences (the embedding model, by their single sentences), local, cohere or none; sentences by default."
    ),
    EnvironmentVariable("RERANK_MODEL_DIR", "Folder of the local cross-encoder."),
    EnvironmentVariable("COHERE_RERANK_MODEL", "Reranker at Cohere; rerank-v4.0-fast by default."),
    EnvironmentVariable("RERANK_BUDGET", "Time that one search may take for it; 1s by default."),
    EnvironmentVariable(
      "RERANK_DEPTH", "Passages that are put in order at most; 50 by default, 20 for sentences."),
    EnvironmentVariable("MERGE_PASSAGES", "off: neighbouring chunks stay passages of their own."),
    EnvironmentVariable(
      "NEAR_DUPLICATES",
      "What two passages have in common before the worse is left out: 0.5 to 1, or off; 0.9 by default."),
    EnvironmentVariable(
      "DIVERSITY", "How far passages that resemble better ones fall back, 0 to 1; 0 by default."),
  ]

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// The reranker with its limits; nil for none.
  ///
  /// - Throws: `LocalModelError` where there is no cross-encoder, `TransformerError` where it cannot be used.
  public func reranker() throws -> Reranker? {
    let options = try options(Reranker.Options())
    return try model().map { Reranker($0, options: options) }
  }

  /// What reranks by single sentences and their tokens; nil where the settings name something else.
  public func sentences() throws -> SentenceReranker? {
    let provider = try provider()
    guard provider == nil || provider == .sentences else { return nil }
    var reranker = SentenceReranker()
    reranker.options = try options(reranker.options)
    return reranker
  }

  private func provider() throws(UsageError) -> Provider? {
    try settings.read("RERANK_PROVIDER", ValueType<Provider>.choice())
  }

  private func options(_ standard: Reranker.Options) throws(UsageError) -> Reranker.Options {
    var options = standard
    if let budget = try budget() { options.budget = budget }
    if let depth = try settings.read("RERANK_DEPTH", .integer(in: 1...1000)) { options.depth = depth }
    return options
  }

  /// Nil for the usual one.
  private func budget() throws(UsageError) -> Duration? {
    try settings.read("RERANK_BUDGET", .duration(in: .milliseconds(10)...(.seconds(60))))
  }

  /// The reranker itself; nil for none, and for sentences. Cohere's key is read at each request.
  public func model() throws -> (any RerankModel)? {
    switch try provider() ?? .sentences {
    case .none, .sentences: return nil
    case .local:
      let directory = try ModelDirectory.locateReranker(environment: ModelSettings.environment(settings))
      return try LocalRerankModel(
        directory: directory, precision: try ModelSettings.precision(settings) ?? .automatic)
    case .cohere:
      let endpoint = try ProviderSetup.cohere(settings)
      let budget = try budget() ?? Reranker.Options().budget
      // It gives up a little earlier than it is given up, to say why its attempts failed.
      let timeout = budget - min(.milliseconds(50), budget / 10)
      return settings["COHERE_RERANK_MODEL"].map {
        CohereRerankModel(model: $0, endpoint: endpoint, client: client, timeout: timeout)
      } ?? CohereRerankModel(endpoint: endpoint, client: client, timeout: timeout)
    }
  }

  /// What becomes of passages that belong together or repeat each other.
  public func selection() throws(UsageError) -> PassageSelection {
    var selection = PassageSelection()
    selection.mergesNeighbours = try settings.read("MERGE_PASSAGES", Self.onOrOff) ?? true
    if ["off", "0", "false", "no"].contains(settings["NEAR_DUPLICATES"]?.lowercased()) {
      selection.duplicates = nil
    } else if let bound = try settings.read("NEAR_DUPLICATES", Self.share(in: 0.5...1, or: "off")) {
      selection.duplicates = bound
    }
    selection.diversity = try settings.read("DIVERSITY", Self.share(in: 0...1)) ?? 0
    return selection
  }

  private static let onOrOff = ValueType<Bool>(placeholder: "SWITCH", expectation: "on or off") { text, _ in
    switch text.lowercased() {
    case "on", "1", "true", "yes": true
    case "off", "0", "false", "no": false
    default: nil
    }
  }

  private static func share(in range: ClosedRange<Double>, or other: String? = nil) -> ValueType<Double> {
    let more = other.map { ", or \($0)" } ?? ""
    return ValueType(
      placeholder: "SHARE", expectation: "a number from \(range.lowerBound) to \(range.upperBound)\(more)"
    ) { text, _ in
      Double(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}
