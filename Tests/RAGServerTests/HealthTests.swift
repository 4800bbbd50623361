import HTTPClient
import Health
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct HealthTests {
  @Test func `liveness is answered without touching any part`() async throws {
    let model = FaultyModel()
    try await withRAGServer(model: model) { server in
      let response = try await server.send("GET", "/health")
      #expect(response.status == 200 && response.text == #"{"status":"ok"}"#)
      #expect(try await server.send("HEAD", "/health").status == 200)
      #expect(model.asked == 0)
    }
  }

  @Test func `every part is reported with what was found`() async throws {
    try await withRAGServer { server in
      let response = try await server.send("GET", "/api/health")
      let report = try response.json(HealthReport.self)
      #expect(response.status == 200 && report.status == .healthy)
      #expect(response.header("Cache-Control") == "no-store")
      let corpus = try #require(report.parts["corpus"])
      #expect(corpus.counts == ["documents": 3, "chunks": 3, "failed": 0])
      #expect(corpus.hint == nil && corpus.latencyMilliseconds >= 0)
      #expect(report.parts["embedding_model"]?.status == .healthy)
      #expect(report.parts["chat_provider"]?.status == .healthy)
      #expect(report.parts["state_database"]?.status == .healthy)
      #expect(report.parts.count == 4)
    }
  }

  @Test func `an empty corpus is degraded, and the hint says how to fill it`() async throws {
    try await withRAGServer([:]) { server in
      let response = try await server.send("GET", "/api/health")
      let report = try response.json(HealthReport.self)
      #expect(response.status == 200 && report.status == .degraded)
      #expect(report.parts["corpus"]?.hint?.contains("ingest add") == true)
    }
  }

  @Test func `a model that fails makes the service unhealthy and names the cure`() async throws {
    let model = FaultyModel()
    model.set(
      .error(ModelError(.authentication, provider: "openai", message: "Wrong key.", hint: "Set another.")))
    try await withRAGServer(model: model) { server in
      let response = try await server.send("GET", "/api/health")
      let report = try response.json(HealthReport.self)
      #expect(response.status == 503 && report.status == .unhealthy)
      #expect(report.parts["embedding_model"]?.detail == "Wrong key.")
      #expect(report.parts["embedding_model"]?.hint == "Set another.")
      #expect(report.parts["corpus"]?.status == .healthy)
    }
  }

  @Test func `a model that hangs is reported when its deadline has passed`() async throws {
    let model = FaultyModel()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    defer { opener.finish() }
    model.set(.hanging(until: gate))
    try await withRAGServer(model: model, configure: setting(\.checkDeadline, .milliseconds(30))) { server in
      let report = try await server.send("GET", "/api/health").json(HealthReport.self)
      #expect(report.status == .unhealthy)
      #expect(report.parts["embedding_model"]?.detail == "There was no answer within 0.03 seconds.")
    }
  }

  @Test(arguments: [(Duration.seconds(3600), 1), (.zero, 3)])
  func `a report is given out again within its lifetime`(lifetime: Duration, embedded: Int) async throws {
    let model = FaultyModel()
    try await withRAGServer(model: model, configure: setting(\.healthLifetime, lifetime)) { server in
      for _ in 0..<3 { _ = try await server.send("GET", "/api/health") }
      #expect(model.asked == embedded)
    }
  }

  @Test func `a chat provider that fails degrades the service, for extractive answers still work`()
    async throws
  {
    let provider = try LocalServer { _, connection in
      connection.respond(
        FakeOpenAI.error(401, message: "Incorrect API key provided.", code: "invalid_api_key"))
    }
    let model = OpenAIChatModel(
      endpoint: .openAI(baseURL: provider.url, key: { "sk-wrong-0123456789" }), client: HTTPClient())
    try await withRAGServer(configure: setting(\.chatModel, { model })) { server in
      let response = try await server.send("GET", "/api/health")
      let part = try response.json(HealthReport.self).parts["chat_provider"]
      #expect(response.status == 200 && part?.status == .degraded && part?.code == "authentication")
      #expect(part?.hint?.contains("OPENAI_API_KEY") == true && part?.lastError != nil)
      #expect(!response.text.contains("sk-wrong"))
    }
  }

  @Test func `the history is refused a limit that is no number of its range`() async throws {
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": RAGServerFixture.adminKey])) { server in
      let admin = "Authorization: Bearer \(RAGServerFixture.adminKey)"
      for (limit, status) in [("abc", 400), ("0", 400), ("1441", 400), ("2", 200)] {
        let reply = try await server.send("GET", "/api/health/history?limit=\(limit)", headers: [admin])
        #expect(reply.status == status, "\(limit)")
      }
    }
  }
}
