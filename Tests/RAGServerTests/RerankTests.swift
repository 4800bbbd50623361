import Commands
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

  /// A budget that no busy machine exhausts, unless a test is about that.
  private func reranking(
    _ model: any RerankModel, budget: Duration = .seconds(20)
  ) -> (inout ApplicationConfiguration) -> Void {
    { $0.reranker = { Reranker(model, options: Reranker.Options(budget: budget)) } }
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
    let budget: Duration = status == 0 ? .milliseconds(500) : .seconds(20)
    try await withRAGServer(configure: reranking(cohere, budget: budget)) { server in
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

  @Test func `a provider that fails again and again is left out, and health says until when`() async throws {
    let failing = try LocalServer { _, connection in connection.respond(FakeCohere.error(500, "No.")) }
    let cohere = CohereRerankModel(
      endpoint: .cohere(baseURL: failing.url) { "co-key-0123456789" }, client: HTTPClient(),
      retrier: Retrier(policy: RetryPolicy(attempts: 1)))
    try await withRAGServer(configure: reranking(cohere)) { server in
      func search() async throws -> RerankReport {
        let response = try await server.post("/api/search", #"{"query": "knee joint bends the leg"}"#)
        return try #require(try response.json(SearchResult.self).reranking)
      }
      for _ in 0..<3 { #expect(try await search().leftOutUntil == nil) }
      let calls = failing.requests.count
      let report = try await search()
      #expect(failing.requests.count == calls, "it is not asked")
      #expect(report.degraded && report.failure?.code == "unavailable" && report.leftOutUntil != nil)
      let part = try await server.send("GET", "/api/health").json(HealthReport.self).parts["reranker"]
      #expect(part?.status == .degraded && part?.code == "unavailable")
      #expect(part?.detail.contains("failed 3 times in a row and is left out until") == true)
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(metrics.value("footnote_reranks_total", ["outcome": "degraded"]) == 3)
      #expect(metrics.value("footnote_reranks_total", ["outcome": "left_out"]) == 1)
    }
  }

  @Test func `what Cohere bills for searches is in the reply, the records, the metrics and the day's costs`()
    async throws
  {
    let fake = try FakeCohere { $0.frames = FakeCohere.frames(["By 120 ", "degrees [1]."]) }
    let cohere = CohereRerankModel(
      endpoint: .cohere(baseURL: fake.baseURL) { [key = fake.key] in key }, client: HTTPClient())
    let search = 0.002
    let asked = #"{"message": "How far does the knee bend?"}"#
    func settings(_ more: [String: String] = [:]) -> Settings {
      Settings(environment: ["RATE_LIMIT": "off", "ADMIN_API_KEY": "an-admin-key"].merging(more) { $1 })
    }
    func configured(_ settings: Settings) -> (inout ApplicationConfiguration) -> Void {
      { configuration in
        configuration.settings = settings
        reranking(cohere)(&configuration)
      }
    }
    func metrics(_ server: RAGServerFixture) async throws -> PrometheusText {
      try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
    }
    // The documents' own sentences cost the search alone.
    try await withRAGServer(configure: configured(settings())) { server in
      let reply = try await server.post("/api/chat", asked).json(ChatReply.self)
      #expect(reply.model == nil && reply.usage?.searchUnits == 1 && reply.cost == search)
      #expect(reply.usage?.totalTokens == 0 && reply.reranking?.searchUnits == 1)
      let whole = try await server.post("/v1/chat/completions", Self.completion).json(JSONValue.self)
      #expect((whole["usage"]?["prompt_tokens"]?.integer ?? 0) > 3, "tokens are still estimated")
      let found = try await metrics(server)
      let labels = ["model": "rerank-v4.0-fast"]
      #expect(found.value("footnote_model_search_units_total", labels) == 2)
      #expect(found.value("footnote_model_cost_dollars_total", labels) == 2 * search)
    }
    // A search alone is in the report too.
    try await withRAGServer(configure: configured(settings())) { server in
      let found = try await server.post("/api/search", #"{"query": "how far does the knee bend"}"#)
      #expect(found.status == 200)
      let usage = try await server.send(
        "GET", "/api/usage", headers: ["Authorization: Bearer an-admin-key"]
      ).json(JSONValue.self)
      let model = usage["models"]?.array?.first
      #expect(model?["model"]?.string == "rerank-v4.0-fast" && model?["requests"]?.integer == 1)
      #expect(usage["totals"]?["cost"] == .number(search))
    }
    // It is refused where what models may cost has been spent, and a search of an MCP client counts too.
    try await withRAGServer(configure: configured(settings(["DAILY_COST_LIMIT": "0.003"]))) { server in
      let call = """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"knee"}}}
        """
      let search = #"{"query": "how far does the knee bend"}"#
      #expect(try await server.post("/mcp", call).status == 200)
      #expect(try await server.post("/api/search", search).status == 200)
      let refused = try await server.post("/api/search", search)
      #expect(refused.status == 429)
      #expect(try refused.failure().code == "spending_limit")
    }
    // With prose both are added up, and recorded apart.
    let chat = ["COHERE_API_KEY": fake.key, "COHERE_BASE_URL": fake.baseURL, "CHAT_PROVIDER": "cohere"]
    try await withRAGServer(configure: configured(settings(chat))) { server in
      let reply = try await server.post("/api/chat", asked).json(ChatReply.self)
      let usage = try #require(reply.usage)
      let cost = try #require(reply.cost)
      #expect(reply.model == "command-a-03-2025" && usage.totalTokens > 0 && usage.searchUnits == 1)
      #expect(usage.searchCost == search && cost > search)
      let report = try await server.send(
        "GET", "/api/usage", headers: ["Authorization: Bearer an-admin-key"]
      ).json(JSONValue.self)
      let models = report["models"]?.array?.map { $0["model"]?.string ?? "" } ?? []
      #expect(Set(models) == ["command-a-03-2025", "rerank-v4.0-fast"])
      guard case .number(let total)? = report["totals"]?["cost"] else {
        Issue.record("no cost: \(report.text)")
        return
      }
      #expect(abs(total - cost) < 1e-12)
    }
    // The cap of a day counts them too.
    try await withRAGServer(configure: configured(settings(["DAILY_COST_LIMIT": "0.003"]))) {
      server async throws in
      for _ in 0..<2 {
        #expect(try await server.post("/api/search", #"{"query": "knee"}"#).status == 200)
      }
      #expect(try await server.post("/api/chat", asked).status == 429)
    }
  }

  private static let completion =
    #"{"model": "footnote", "messages": [{"role": "user", "content": "How far does the knee bend?"}]}"#

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
