import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("OpenAI embeddings", .timeLimit(.minutes(1)))
struct OpenAIEmbeddingModelTests {
  /// What the model must return for a text: the fake's vector at length 1.
  static func unit(_ text: String, _ dimensions: Int) -> [Float] {
    let vector = fakeVector(text, dimensions: dimensions)
    let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return vector.map { $0 * Float(1 / length) }
  }

  static func expect(_ matrix: EmbeddingMatrix, _ texts: [String], dimensions: Int) {
    #expect(matrix.count == texts.count)
    for (row, text) in texts.enumerated() where row < matrix.count {
      let difference = zip(matrix[row], unit(text, dimensions)).map { abs($0 - $1) }.max() ?? 1
      #expect(difference < 1e-5, "row \(row)")
    }
  }

  @Test("come as unit vectors in the order of the texts, by base64 or as numbers", arguments: [false, true])
  func order(_ ignoresBase64: Bool) async throws {
    let fake = try FakeOpenAI {
      $0.ignoresBase64 = ignoresBase64
    }
    let model = try OpenAIEmbeddingModel(endpoint: .of(fake), client: testClient)
    let texts = ["one", "two", "drei — 三", "\"quotes\"\n\u{0}", "one"]
    Self.expect(try await model.embed(texts, as: .document), texts, dimensions: 1536)
    #expect(fake.provider.violations == [])
    let body = try #require(fake.provider.bodies("/v1/embeddings").first)
    #expect(body["encoding_format"] == "base64")
    #expect(body["dimensions"] == nil, "the model's own number is not sent")
    #expect(model.usage.promptTokens == texts.map { $0.utf8.count / 4 }.reduce(0, +))
    #expect(
      model.fingerprint
        == EmbeddingFingerprint(
          provider: "openai", model: "text-embedding-3-small", dimensions: 1536, pooling: "api",
          precision: "api"))
  }

  @Test("no texts, no request; an empty text is sent as a space")
  func empty() async throws {
    let fake = try FakeOpenAI()
    let model = try OpenAIEmbeddingModel(endpoint: .of(fake), client: testClient)
    #expect(try await model.embed([], as: .query).count == 0)
    #expect(fake.provider.requests.isEmpty)
    Self.expect(try await model.embed(["", "x"], as: .query), [" ", "x"], dimensions: 1536)
    #expect(fake.provider.violations == [])
  }

  @Test("can be shortened where the model allows it")
  func dimensions() async throws {
    let fake = try FakeOpenAI()
    let model = try OpenAIEmbeddingModel(
      .init(dimensions: 256), endpoint: .of(fake), client: testClient)
    Self.expect(try await model.embed(["x"], as: .document), ["x"], dimensions: 256)
    #expect(fake.provider.bodies("/v1/embeddings").first?["dimensions"] == 256)
    #expect(throws: ModelError.self) {
      try OpenAIEmbeddingModel(
        .init(model: "text-embedding-ada-002", dimensions: 256), endpoint: .of(fake), client: testClient)
    }
    let error = #expect(throws: ModelError.self) {
      try OpenAIEmbeddingModel(.init(model: "mystery"), endpoint: .of(fake), client: testClient)
    }
    #expect(error?.description.contains("dimensions of 'mystery'") == true)
  }

  @Test("many texts become requests of at most 2,048 inputs and 300,000 tokens")
  func batches() async throws {
    let counter = EstimatedTokenCounter(window: 0)
    let fake = try FakeOpenAI { $0.tokens = { counter.count($0) } }
    let model = try OpenAIEmbeddingModel(
      .init(model: "text-embedding-3-small", dimensions: 8), endpoint: .of(fake), client: testClient)
    // 4,100 short ones, then 80 of some 5,000 tokens.
    let texts =
      (0..<4100).map { "text \($0)" }
      + (0..<80).map { "\($0) " + String(repeating: "long text ", count: 2500) }
    Self.expect(try await model.embed(texts, as: .document), texts, dimensions: 8)
    #expect(fake.provider.violations == [])
    let sizes = fake.provider.bodies("/v1/embeddings").map { $0["input"]?.elements?.count ?? 0 }
    #expect(sizes.count == 4 && sizes.max() == 2048 && sizes.reduce(0, +) == texts.count)
  }

  @Test("a text beyond the window is cut")
  func window() async throws {
    let fake = try FakeOpenAI()
    let model = try OpenAIEmbeddingModel(endpoint: .of(fake), client: testClient)
    _ = try await model.embed([String(repeating: "walking robot ", count: 6000)], as: .document)
    #expect(fake.provider.violations == [])
    let sent = try #require(fake.provider.bodies("/v1/embeddings").first?["input"]?[0]?.string)
    #expect(model.tokens.count(sent) <= 8191 && model.tokens.count(sent) > 8000)
  }

  @Test("where the estimate was too low, batches are halved and the guilty text is shortened")
  func underestimated() async throws {
    // This server counts three times as much as the estimate does.
    let counter = EstimatedTokenCounter(window: 0)
    let fake = try FakeOpenAI {
      $0.tokens = { counter.count($0) * 3 }
      $0.tokensPerInput = 1000
    }
    let model = try OpenAIEmbeddingModel(endpoint: .of(fake), client: testClient)
    let long = String(repeating: "word ", count: 700)
    let matrix = try await model.embed(["a", "b", long, "c"], as: .document)
    #expect(matrix.count == 4)
    #expect(Array(matrix[0]) == Self.unit("a", 1536))
    #expect(Array(matrix[3]) == Self.unit("c", 1536))
    #expect(fake.provider.violations == [])
    let last = fake.provider.bodies("/v1/embeddings").compactMap { $0["input"]?.strings }.filter {
      $0.count == 1
    }
    #expect(last.contains { $0[0].hasPrefix("word word") && $0[0].utf8.count < long.utf8.count })
  }

  @Test("a server's own ways are learned once", arguments: ["encoding_format", "dimensions"])
  func quirks(_ refused: String) async throws {
    let fake = try FakeOpenAI {
      $0.refused = [refused]
      $0.dimensions = 256
    }
    let model = try OpenAIEmbeddingModel(.init(dimensions: 256), endpoint: .of(fake), client: testClient)
    Self.expect(try await model.embed(["x"], as: .document), ["x"], dimensions: 256)
    Self.expect(try await model.embed(["y"], as: .document), ["y"], dimensions: 256)
    #expect(fake.provider.bodies("/v1/embeddings").map { $0[refused] != nil } == [true, false, false])
  }

  @Test("the size of an unknown model's vectors is found by asking")
  func discovery() async throws {
    let fake = try FakeOpenAI {
      $0.models = ["nomic-embed-text"]
      $0.dimensions = 768
    }
    let model = try await OpenAIEmbeddingModel.discover(
      .init(model: "nomic-embed-text"), endpoint: .of(fake, .compatible), client: testClient)
    #expect(model.fingerprint.dimensions == 768)
    Self.expect(try await model.embed(["x"], as: .document), ["x"], dimensions: 768)
    #expect(fake.provider.violations == [])
  }

  @Test("a vector of another size says which size to set")
  func wrongSize() async throws {
    let fake = try FakeOpenAI { $0.dimensions = 768 }
    let model = try OpenAIEmbeddingModel(endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.embed(["x"], as: .document) }
    #expect(error?.kind == .invalidResponse)
    #expect(error?.description.contains("a vector of 768 values where 1536 were expected") == true)
    #expect(error?.hint.contains("OPENAI_EMBEDDING_DIMENSIONS) to 768") == true)
  }

  @Test(
    "answers that cannot be right are refused",
    arguments: [
      (#"{"data":[]}"#, "0 vectors came for 1 texts"),
      (#"{"data":[{"index":1,"embedding":[1]}]}"#, "the index 1 is out of range"),
      (#"{"data":[{"index":0,"embedding":[0,0]}]}"#, "zero or not finite"),
      (#"{"data":[{"index":0,"embedding":"AAAA"}]}"#, "not the JSON that was expected"),
      (#"{"data":[{"index":0,"embedding":"!"}]}"#, "not the JSON that was expected"),
      (#"{"data":[{"index":0,"embedding":"AADAfwAAwH8="}]}"#, "zero or not finite"),
      (#"{"data":[{"index":0,"embedding":[1e40,0]}]}"#, "not"), ("[]", "not the JSON that was expected"),
    ])
  func nonsense(_ body: String, _ says: String) async throws {
    let fake = try FakeOpenAI()
    fake.provider.misbehave(.answer(.json(body)))
    let model = try OpenAIEmbeddingModel(.init(dimensions: 2), endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.embed(["x"], as: .document) }
    #expect(error?.kind == .invalidResponse)
    #expect(error?.description.contains(says) == true, "\(String(describing: error))")
  }

  @Test("Gemini takes a hundred texts, and no `encoding_format`")
  func gemini() async throws {
    let fake = try FakeOpenAI {
      $0.basePath = "/v1beta/openai"
      $0.models = ["gemini-embedding-001"]
      $0.inputsPerRequest = 100
      $0.refused = ["encoding_format"]
    }
    let model = try OpenAIEmbeddingModel(
      .init(model: "gemini-embedding-001", dimensions: 16), endpoint: .of(fake, .gemini), client: testClient)
    let texts = (0..<101).map { "text \($0)" }
    Self.expect(try await model.embed(texts, as: .document), texts, dimensions: 16)
    #expect(fake.provider.violations == [])
    #expect(fake.provider.requests.count == 2)
    #expect(model.tokens.window == 2048)
    #expect(model.fingerprint.provider == "gemini")
  }

  @Test("429 lowers the number of requests at once, waits as told and brings everything in the end")
  func adapts() async throws {
    let fake = try FakeOpenAI { $0.dimensions = 8 }
    for _ in 0..<3 {
      fake.provider.misbehave(
        .answer(
          FakeOpenAI.error(
            429, type: "requests", code: "rate_limit_exceeded", headers: [("Retry-After", "3")])))
    }
    let sleep = FakeSleep()
    var configuration = OpenAIEmbeddingModel.Configuration(dimensions: 8)
    configuration.maximumInputs = 1
    let model = try OpenAIEmbeddingModel(
      configuration, endpoint: .of(fake), client: testClient, retrier: sleep.retrier())
    let texts = (0..<20).map { "t\($0)" }
    Self.expect(try await model.embed(texts, as: .document), texts, dimensions: 8)
    #expect(sleep.delays == [.seconds(3), .seconds(3), .seconds(3)])
    #expect(fake.provider.requests.count == 23)
    #expect(fake.provider.violations == [])
  }

  @Test("a model that is gone is answered with those that the key can use")
  func modelNotFound() async throws {
    let fake = try FakeOpenAI()
    let model = try OpenAIEmbeddingModel(
      .init(model: "text-embedding-2", dimensions: 8), endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.embed(["x"], as: .document) }
    #expect(error?.kind == .modelNotFound)
    #expect(error?.message.hasSuffix("The key can use: text-embedding-3-small.") == true)
    #expect(error?.hint.contains("OPENAI_EMBEDDING_MODEL") == true)
  }
}
