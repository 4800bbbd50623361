import HTTPClient
import Health
import Models
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

@Suite(.timeLimit(.minutes(2))) struct RerankTests {
  private struct Reply: Decodable {
    var answered: Bool
    var degraded: Bool
    var reranking: RerankReport?
  }

  private func reranking(_ model: any RerankModel) -> (inout ApplicationConfiguration) -> Void {
    { $0.reranker = { Reranker(model, options: Reranker.Options(budget: .milliseconds(500))) } }
  }

  /// Likes nothing but the camera.
  private let model = ScriptedRerankModel { documents, _ in
    documents.map { $0.contains("camera") ? 0.9 : 0.1 }
  }

  @Test func `searches and answers are reranked unless another mode is asked for`() async throws {
    try await withRAGServer(configure: reranking(model)) { server in
      let question = #"{"query": "knee joint bends the leg"}"#
      let result = try await server.post("/api/search", question).json(SearchResult.self)
      #expect(result.mode == .reranked && result.passages.first?.document.hasSuffix("eye.md") == true)
      #expect(result.passages.first?.rerankScore == Double(Float(0.9)))
      #expect(result.reranking?.model == "scripted" && result.reranking?.scored == 3)
      let hybrid = try await server.post(
        "/api/search", #"{"query": "knee joint bends the leg", "mode": "hybrid"}"#)
      #expect(try hybrid.json(SearchResult.self).passages.first?.document.hasSuffix("leg.md") == true)
      #expect(!hybrid.text.contains("rerank"))
      let reply = try await server.post("/api/chat", #"{"message": "How far does the knee bend?"}"#)
      #expect(try reply.json(Reply.self).reranking?.scored == 3)

      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(metrics.value("footnote_model_duration_seconds_count", ["purpose": "rerank"]) == 2)
      #expect(metrics.value("footnote_reranks_total", ["outcome": "whole"]) == 2)
      #expect(metrics.value("footnote_retrieval_duration_seconds_count", ["mode": "reranked"]) == 2)
      let health = try await server.send("GET", "/api/health").json(HealthReport.self)
      #expect(health.parts["reranker"]?.status == .healthy)
    }
  }

  @Test func `Cohere's reranker is asked as its interface says`() async throws {
    let fake = try FakeCohere()
    let cohere = CohereRerankModel(
      endpoint: .cohere(baseURL: fake.baseURL) { [key = fake.key] in key }, client: HTTPClient())
    try await withRAGServer(configure: reranking(cohere)) { server in
      let result = try await server.post("/api/search", #"{"query": "lens camera"}"#).json(SearchResult.self)
      #expect(
        result.passages.first?.document.hasSuffix("eye.md") == true && result.passages.first?.score == 1)
      #expect(fake.provider.violations == [])
    }
  }

  @Test(arguments: [(401, "authentication"), (429, "rate_limited"), (500, "unavailable"), (0, "timeout")])
  func `a provider that fails costs the order, not the reply`(status: Int, code: String) async throws {
    let server = try LocalServer { _, connection in
      if status == 0 {
        _ = connection.waitForPeerToClose()
        return
      }
      connection.respond(FakeCohere.error(status, "No."))
    }
    let cohere = CohereRerankModel(
      endpoint: .cohere(baseURL: server.url) { "co-key-0123456789" }, client: HTTPClient(),
      retrier: Retrier(policy: RetryPolicy(attempts: 1)))
    try await withRAGServer(configure: reranking(cohere)) { server in
      let response = try await server.post("/api/search", #"{"query": "knee joint bends the leg"}"#)
      let result = try response.json(SearchResult.self)
      #expect(response.status == 200 && result.passages.first?.document.hasSuffix("leg.md") == true)
      #expect(result.reranking?.degraded == true && result.reranking?.failure?.code == code)
      #expect(response.text.contains(#""degraded_reason""#))
      let answer = try await server.post(
        "/api/chat", #"{"message": "By how many degrees does the knee joint bend the leg?"}"#)
      let reply = try answer.json(Reply.self)
      #expect(reply.answered && !reply.degraded && reply.reranking?.degraded == true)
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(metrics.value("footnote_reranks_total", ["outcome": "degraded"]) == 2)
      let health = try await server.send("GET", "/api/health")
      let report = try health.json(HealthReport.self)
      #expect(health.status == 200 && report.parts["reranker"]?.status == .degraded)
    }
  }

  @Test func `asking for a reranker that is not there finds what the search finds`() async throws {
    try await withRAGServer { server in
      let response = try await server.post(
        "/api/search", #"{"query": "knee joint bends the leg", "mode": "reranked"}"#)
      let result = try response.json(SearchResult.self)
      #expect(result.passages.first?.document.hasSuffix("leg.md") == true)
      #expect(result.reranking?.failure?.hint?.contains("RERANK_PROVIDER") == true)
      #expect(try await server.send("GET", "/api/health").json(HealthReport.self).parts["reranker"] == nil)
    }
  }
}
