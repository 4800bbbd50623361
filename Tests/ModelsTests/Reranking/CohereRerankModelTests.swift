import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("Cohere reranking", .timeLimit(.minutes(1)))
struct CohereRerankModelTests {
  @Test("gives each document its score, whatever order they come in")
  func scores() async throws {
    let fake = try FakeCohere()
    let model = CohereRerankModel(endpoint: .of(fake), client: testClient)
    let scores = try await model.scores(
      of: ["nothing", "a robot walks", " \n", "robot", "how a robot walks"], for: "how robot walks")
    #expect(scores.map { ($0 * 3).rounded() } == [0, 2, 0, 1, 3])
    #expect(fake.provider.violations == [])
    #expect(model.searches == 1)
  }

  @Test("sends more than a thousand documents in parts")
  func many() async throws {
    let fake = try FakeCohere { $0.relevance = { document, _ in (Double(document) ?? 0) / 10_000 } }
    let model = CohereRerankModel(endpoint: .of(fake), client: testClient)
    let scores = try await model.rerank((0..<2100).map { "\($0)" }, for: "which")
    #expect(scores.values == (0..<2100).map { Float(Double($0) / 10_000) })
    #expect(scores.searchUnits == 3 && model.searches == 3)
    #expect(fake.provider.requests.count == 3)
    #expect(fake.provider.violations == [])
  }

  @Test("logits become scores from 0 to 1 in the same order")
  func logits() async throws {
    let fake = try FakeCohere { $0.relevance = { document, _ in Double(document) ?? 0 } }
    let model = CohereRerankModel(endpoint: .of(fake), client: testClient)
    let scores = try await model.scores(of: ["-4", "0", " ", "7.5"], for: "which")
    #expect(scores.allSatisfy { (0...1).contains($0) } && scores[1] == 0.5 && scores[2] == 0)
    #expect(scores[0] < 0.02 && scores[3] > 0.999)
    let large = try await model.scores(of: ["500", "480", "-500", "0"], for: "which")
    #expect(large.allSatisfy { (0...1).contains($0) })
    #expect(large[0] > large[1] && large[1] > large[3] && large[3] > large[2])
  }

  @Test("no documents, no request; no question, an error")
  func empty() async throws {
    let fake = try FakeCohere()
    let model = CohereRerankModel(endpoint: .of(fake), client: testClient)
    #expect(try await model.scores(of: [], for: "x") == [])
    #expect(await modelError { _ = try await model.scores(of: ["a"], for: " ") }?.kind == .invalidRequest)
    #expect(fake.provider.requests.isEmpty)
  }

  @Test(
    "answers that cannot be right are refused",
    arguments: [
      #"{"results":[]}"#, #"{"results":[{"index":5,"relevance_score":1}]}"#,
      #"{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":1}]}"#,
    ])
  func nonsense(_ body: String) async throws {
    let fake = try FakeCohere()
    fake.provider.misbehave(.answer(.json(body)))
    let model = CohereRerankModel(endpoint: .of(fake), client: testClient)
    #expect(
      await modelError { _ = try await model.scores(of: ["a", "b"], for: "x") }?.kind == .invalidResponse)
  }
}
