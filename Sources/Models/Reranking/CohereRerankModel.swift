import Glibc
import HTTPClient
import Synchronization

/// Cohere's reranker, interface v2; scores lie between 0 and 1.
///
/// More than 1,000 documents are sent in several requests, as Cohere recommends; each is judged by itself,
/// so that scores of one query stay comparable.
public struct CohereRerankModel: RerankModel, RemoteModel {
  public static let maximumDocuments = 1000

  public let name: String
  public var endpoint: ProviderEndpoint { connection.endpoint }
  /// Searches that Cohere has billed since the model was created.
  public var searches: Int { counter.searches.withLock { $0 } }

  private let connection: ProviderConnection
  private let counter = SearchCounter()

  public init(
    model: String = "rerank-v4.0-fast", endpoint: ProviderEndpoint, client: HTTPClient,
    retrier: Retrier = Retrier(), timeout: Duration = .seconds(30)
  ) {
    name = model
    connection = ProviderConnection(
      endpoint: endpoint,
      errors: ErrorContext(endpoint: endpoint, model: model, modelVariable: "COHERE_RERANK_MODEL"),
      client: client, retrier: retrier, limiter: ConcurrencyLimiter(initial: 4, maximum: 16), timeout: timeout
    )
  }

  /// Blank documents get the score 0 without being sent.
  public func rerank(_ documents: [String], for query: String) async throws -> RerankScores {
    let isBlank = { (text: String) in text.allSatisfy(\.isWhitespace) }
    if isBlank(query) {
      throw connection.errors.error(
        .invalidRequest, "An empty question cannot be reranked for.", hint: "Ask a question.")
    }
    let sent = documents.indices.filter { !isBlank(documents[$0]) }
    var scores = RerankScores([Float](repeating: 0, count: documents.count))
    try await withThrowingTaskGroup(of: ([Int], RerankScores).self) { group in
      for start in stride(from: 0, to: sent.count, by: Self.maximumDocuments) {
        let batch = Array(sent[start..<min(start + Self.maximumDocuments, sent.count)])
        group.addTask { (batch, try await request(batch.map { documents[$0] }, query)) }
      }
      for try await (batch, found) in group {
        for (index, score) in zip(batch, found.values) { scores.values[index] = score }
        if let units = found.searchUnits { scores.searchUnits = (scores.searchUnits ?? 0) + units }
      }
    }
    // Some servers with this interface give logits: the logistic function keeps their order.
    if scores.values.contains(where: { !(0...1).contains($0) }) {
      // Beyond 12 neighbours would become one number.
      let scale = max(1, (scores.values.map(abs).max() ?? 0) / 12)
      for index in sent { scores.values[index] = 1 / (1 + expf(-scores.values[index] / scale)) }
    }
    return scores
  }

  public func availableModels(deadline: ContinuousClock.Instant? = nil) async throws -> [String] {
    try await connection.listModels(for: .rerank, deadline: deadline)
  }

  private func request(_ documents: [String], _ query: String) async throws(ModelError) -> RerankScores {
    do throws(ModelError) {
      let body = CohereRerankRequest(model: name, query: query, documents: documents)
      let response = try await connection.send(.post, "v2/rerank", body)
      let answer = try connection.decode(CohereRerankResponse.self, from: response)
      let searches = answer.meta?.billedUnits?.searchUnits.map { Int(clamping: $0) }
      counter.searches.withLock { $0 += searches ?? 0 }
      var scores = [Float?](repeating: nil, count: documents.count)
      for result in answer.results {
        guard scores.indices.contains(result.index), scores[result.index] == nil,
          result.relevanceScore.isFinite
        else {
          throw connection.errors.invalid("the index \(result.index) is out of range or came twice")
        }
        scores[result.index] = result.relevanceScore
      }
      let complete = scores.compactMap { $0 }
      guard complete.count == documents.count else {
        throw connection.errors.invalid("\(complete.count) scores came for \(documents.count) documents")
      }
      return RerankScores(complete, searchUnits: searches)
    } catch {
      throw await connection.explained(error, purpose: .rerank)
    }
  }
}

private final class SearchCounter: Sendable {
  let searches = Mutex(0)
}

private struct CohereRerankRequest: Encodable, Sendable {
  var model: String
  var query: String
  var documents: [String]
}

private struct CohereRerankResponse: Decodable {
  struct Result: Decodable {
    var index: Int
    var relevanceScore: Float
  }
  var results: [Result]
  var meta: CohereMeta?
}
