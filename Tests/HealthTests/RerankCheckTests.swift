import HTTPClient
import Health
import Models
import TestSupport
import Testing

@Suite struct RerankCheckTests {
  private func finding(_ model: any RerankModel) async -> HealthFinding {
    await RerankCheck(model: model).finding(within: .milliseconds(1500))
  }

  @Test func `a local reranker is healthy if it scores`() async {
    let found = await finding(ScriptedRerankModel { documents, _ in documents.map { _ in 0.5 } })
    #expect(found.status == .healthy && found.detail == "scripted scores.")
  }

  @Test func `one that gives nonsense degrades the service and no more`() async {
    for scores: [Float] in [[], [.nan], [1, 2]] {
      let found = await finding(ScriptedRerankModel { _, _ in scores })
      #expect(found.status == .degraded && found.code == "invalid_response")
      #expect(found.hint?.contains("order of the search") == true)
    }
    let failing = await finding(
      ScriptedRerankModel { _, _ in throw ModelError(.unavailable, provider: "local", message: "Gone.") })
    #expect(failing.status == .degraded)
  }

  @Test func `of Cohere's it is only asked whether the key can use it, which costs nothing`() async throws {
    let fake = try FakeCohere()
    func model(_ name: String, key: String) -> CohereRerankModel {
      CohereRerankModel(model: name, endpoint: .cohere(baseURL: fake.baseURL) { key }, client: HTTPClient())
    }
    #expect(await finding(model("rerank-v4.0-fast", key: fake.key)).status == .healthy)
    let other = await finding(model("rerank-v9", key: fake.key))
    #expect(other.status == .degraded && other.code == "model_not_found")
    #expect(fake.provider.requests.allSatisfy { $0.path == "/v1/models" })
    let strict = try LocalServer { _, connection in connection.respond(FakeCohere.error(401, "no such key")) }
    let wrong = await finding(
      CohereRerankModel(
        endpoint: .cohere(baseURL: strict.url) { "co-wrong-0123456789" }, client: HTTPClient()))
    #expect(wrong.status == .degraded && wrong.code == "authentication")
  }
}
