import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("Cohere embeddings", .timeLimit(.minutes(1)))
struct CohereEmbeddingModelTests {
  @Test("documents and questions are told apart, 96 texts a request")
  func roles() async throws {
    let fake = try FakeCohere()
    let model = try CohereEmbeddingModel(.init(dimensions: 256), endpoint: .of(fake), client: testClient)
    let texts = (0..<200).map { "text \($0)" } + [""]
    let expected = texts.map { $0.isEmpty ? " " : $0 }
    OpenAIEmbeddingModelTests.expect(try await model.embed(texts, as: .document), expected, dimensions: 256)
    OpenAIEmbeddingModelTests.expect(
      try await model.embed(["why"], as: .query), ["query: why"], dimensions: 256)
    #expect(fake.provider.violations == [])
    #expect(fake.provider.requests.count == 4)
    #expect(model.usage.promptTokens == expected.map { $0.utf8.count / 4 }.reduce(0, +))
    #expect(model.tokens.window == 128_000)
    #expect(
      model.fingerprint
        == EmbeddingFingerprint(
          provider: "cohere", model: "embed-v4.0", dimensions: 256, pooling: "api", precision: "api"))
  }

  @Test(
    "sizes are checked before anything is sent",
    arguments: [
      ("embed-v4.0", 256, 256), ("embed-v4.0", nil, 1536), ("embed-v4.0", 300, nil),
      ("embed-english-v3.0", nil, 1024), ("embed-english-v3.0", 1024, 1024), ("embed-english-v3.0", 512, nil),
      ("embed-new", nil, nil),
    ] as [(String, Int?, Int?)])
  func dimensions(_ name: String, _ wanted: Int?, _ expected: Int?) async throws {
    let fake = try FakeCohere()
    do {
      let model = try CohereEmbeddingModel(
        .init(model: name, dimensions: wanted), endpoint: .of(fake), client: testClient)
      let size = try #require(expected)
      OpenAIEmbeddingModelTests.expect(try await model.embed(["x"], as: .document), ["x"], dimensions: size)
      #expect(fake.provider.violations == [])
    } catch let error as ModelError {
      #expect(expected == nil)
      #expect(error.kind == .invalidRequest)
      #expect(error.description.contains("dimensions"))
    }
  }

  @Test("a retired model is answered with those that the key can use")
  func modelNotFound() async throws {
    let fake = try FakeCohere()
    let model = try CohereEmbeddingModel(
      .init(model: "embed-english-v2.0", dimensions: 4096), endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.embed(["x"], as: .document) }
    #expect(error?.kind == .modelNotFound)
    #expect(error?.message.hasSuffix("The key can use: embed-english-v3.0, embed-v4.0.") == true)
  }

  @Test("an answer without floats is refused")
  func wrongType() async throws {
    let fake = try FakeCohere()
    fake.provider.misbehave(.answer(.json(#"{"id":"x","embeddings":{"int8":[[1]]}}"#)))
    let model = try CohereEmbeddingModel(endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.embed(["x"], as: .document) }
    #expect(error?.kind == .invalidResponse)
    #expect(error?.message.contains("no vectors of the type 'float'") == true)
  }
}
