import Models
import Synchronization

/// A reranker that does what a test says.
public final class ScriptedRerankModel: RerankModel {
  public let name = "scripted"
  public let batchSize: Int
  private let body: @Sendable (_ documents: [String], _ call: Int) async throws -> [Float]
  private let calls = Mutex<[[String]]>([])

  /// - Parameter body: given the documents and how many calls there were before.
  public init(
    batchSize: Int = .max,
    _ body: @escaping @Sendable (_ documents: [String], _ call: Int) async throws -> [Float]
  ) {
    self.batchSize = batchSize
    self.body = body
  }

  /// Documents of each call so far.
  public var asked: [[String]] { calls.withLock { $0 } }

  public func rerank(_ documents: [String], for query: String) async throws -> RerankScores {
    let call = calls.withLock { calls in
      calls.append(documents)
      return calls.count - 1
    }
    return RerankScores(try await body(documents, call))
  }

  /// Waits until the task is cancelled, as a server that never answers does.
  public static func hang() async throws -> [Float] {
    try await Task.sleep(for: .seconds(3600))
    return []
  }
}
