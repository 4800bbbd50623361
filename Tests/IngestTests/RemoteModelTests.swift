import Commands
import TestSupport
import Testing

@testable import Ingest

/// The whole way with a provider in place of the local model.
@Suite struct RemoteModelTests {
  private func environment(_ fake: FakeOpenAI) -> [String: String] {
    ["OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL]
  }

  @Test func aCorpusIsEmbeddedAndSearchedThroughAProvider() async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    let fixture = try IngestFixture()
    let settings = environment(fake)
    try fixture.write("a.md", "# Walk\n\nThe robot walks.")
    let estimate = await fixture.run(
      "add", fixture.documents, "--model", "text-embedding-3-small", "--dry-run", environment: settings)
    #expect(estimate.output.contains("at the list prices of"), "\(estimate.messages)")
    #expect(fake.provider.requests.isEmpty, "an estimate costs nothing")
    let added = await fixture.run(
      "add", fixture.documents, "--model", "text-embedding-3-small", environment: settings)
    #expect(added.code == .success, "\(added.messages)")
    let again = await fixture.run("add", fixture.documents, environment: settings)
    #expect(
      again.output.hasPrefix("Documents: 1 unchanged"), "the corpus's own model is taken: \(again.messages)")
    let count = fake.provider.requests.count
    #expect(await fixture.run("search", "robot", "--mode", "dense", environment: settings).code == .success)
    #expect(fake.provider.requests.count == count + 1, "the question is embedded by the same model")
    #expect(fake.provider.violations == [])
  }

  /// What a person with Ollama or vLLM sets, who should not have to know how long its vectors are.
  @Test func aModelThatNobodyKnowsIsAskedForTheSizeOfItsVectorsOnce() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.models = ["own-embedder"]
      $0.dimensions = 40
    }
    let fixture = try IngestFixture()
    let settings = environment(fake).merging([
      "EMBEDDING_PROVIDER": "openai", "OPENAI_EMBEDDING_MODEL": "own-embedder",
    ]) { $1 }
    try fixture.write("a.md", "# Walk\n\nThe robot walks.")
    let added = await fixture.run("add", fixture.documents, environment: settings)
    #expect(added.code == .success, "\(added.messages)")
    let found = await fixture.run("search", "robot", "--mode", "dense", environment: settings)
    #expect(found.code == .success, "\(found.messages)")
    let probes = fake.provider.bodies("/v1/embeddings").filter { $0["input"] == ["dimensions"] }
    #expect(probes.count == 1, "afterwards the corpus knows the size")
    let refused = await fixture.run(
      "search", "robot", environment: settings.merging(["OPENAI_EMBEDDING_DIMENSIONS": "none"]) { $1 })
    #expect(refused.code == .usage)
    #expect(refused.messages.contains("OPENAI_EMBEDDING_DIMENSIONS"))
    #expect(fake.provider.violations == [])
  }

  @Test func theModelAtCohereIsTheOneThatTheVariableNames() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    let settings = [
      "EMBEDDING_PROVIDER": "cohere", "COHERE_EMBEDDING_MODEL": "embed-of-tomorrow", "COHERE_API_KEY": "k",
      "COHERE_BASE_URL": "http://127.0.0.1:9",
    ]
    let refused = await fixture.run("add", fixture.documents, environment: settings)
    #expect(refused.code == .failure && refused.messages.contains("dimensions of 'embed-of-tomorrow'"))
  }

  @Test func aWrongKeyIsNamedAndNothingIsLost() async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    let refusal =
      #"{"error": {"message": "Incorrect API key provided: sk-wrong-0000.", "code": "invalid_api_key"}}"#
    fake.provider.misbehave(.answer(LocalResponse(refusal, status: 401, type: "application/json")))
    let refused = await fixture.run(
      "add", fixture.documents, "--model", "text-embedding-3-small", environment: environment(fake))
    #expect(refused.code == .failure)
    #expect(refused.messages.contains("OPENAI_API_KEY") && !refused.messages.contains("sk-wrong-0000"))
    let mended = await fixture.run(
      "add", fixture.documents, "--model", "text-embedding-3-small", environment: environment(fake))
    #expect(mended.code == .success, "\(mended.messages)")
  }

  @Test func aChatModelWritesTheAnswerFromThePassages() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It walks ", "on two legs [1]", ", they say [9]."])
    }
    let fixture = try IngestFixture()
    try fixture.write("a.md", "# Walk\n\nThe robot walks on two legs.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let result = await fixture.run("ask", "How does the robot walk?", environment: environment(fake))
    #expect(result.code == .success, "\(result.messages)")
    #expect(result.output.hasPrefix("It walks on two legs [1], they say.\n\n[1] docs/a.md"))
    #expect(fake.provider.violations == [])
    let own = await fixture.run(
      "ask", "How does the robot walk?",
      environment: environment(fake).merging(["CHAT_PROVIDER": "extractive"]) { $1 })
    #expect(!own.output.contains("they say"))
  }
}
