import Glibc
import TestSupport
import Testing
import Transformer

@testable import Models

struct LocalEmbeddingModelTests {
  @Test func `the fingerprint names everything that decides the vector space`() throws {
    let plain = try load(TinyModel())
    #expect(plain.fingerprint.provider == "local")
    #expect(plain.fingerprint.model == plain.directory.name)
    #expect(plain.fingerprint.dimensions == 40)
    #expect(plain.fingerprint.pooling == "mean")
    #expect(plain.fingerprint.prefix == "")
    #expect(plain.fingerprint.precision == "f32")
    var prompted = TinyModel()
    prompted.prompts = #"{"query": "q: ", "passage": "p: "}"#
    #expect(try load(prompted).fingerprint.prefix == "p: \nq: ")
  }

  @Test func `a folder that lacks a file of the model names both and what helps`() throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    unlink(folder.path + "/model.safetensors")
    let error = try #require(throws: LocalModelError.self) {
      try LocalEmbeddingModel(directory: ModelDirectory(path: folder.path, source: .environment))
    }
    #expect(
      error.description == """
        The embedding model in '\(folder.path)' (FOOTNOTE_MODEL_DIR) is not whole: model.safetensors is missing. A model \
        is config.json, model.safetensors and its tokenizer. Add what is missing, or name another folder with \
        FOOTNOTE_MODEL_DIR.
        """)
  }

  @Test(arguments: [
    ("api", "api", "openai/m (8 values)"), ("mean", "f32", "openai/m (8 values, mean, f32)"),
  ])
  func `a line for messages says of a provider's model what is known`(
    pooling: String, precision: String, line: String
  ) {
    let fingerprint = EmbeddingFingerprint(
      provider: "openai", model: "m", dimensions: 8, pooling: pooling, precision: precision)
    #expect(fingerprint.description == line)
  }

  @Test func `questions and documents get the prefixes of the model`() async throws {
    var model = TinyModel()
    model.prompts = #"{"query": "the q ", "document": "the d "}"#
    let prompted = try load(model)
    let plain = try load(TinyModel())
    let query = try await prompted.embed(["robot"], as: .query)
    let document = try await prompted.embed(["robot"], as: .document)
    #expect(query == (try await plain.embed(["the q robot"], as: .query)))
    #expect(document == (try await plain.embed(["the d robot"], as: .document)))
    #expect(query != document)
  }

  @Test func `tokens are counted without special ones and the window leaves room for them`() throws {
    var model = TinyModel()
    #expect(try load(model).tokens.window == 30)
    #expect(try load(model).tokens.count("robots walk.") == 4)
    model.prompts = #"{"document": "the "}"#
    #expect(try load(model).tokens.window == 29)
  }

  @Test func `rows are unit vectors in the order of the texts`() async throws {
    let model = try load(TinyModel())
    let matrix = try await model.embed(["robot", "walk", ""], as: .document)
    #expect(matrix.count == 3)
    for row in 0..<3 { #expect(abs(matrix[row].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
    #expect(matrix[1] == (try await model.embed(["walk"], as: .document))[0])
  }

  @Test func `a text's own tokens come with its vector, those of its context and of the prefix do not`()
    async throws
  {
    var tiny = TinyModel()
    tiny.prompts = #"{"query": "the q ", "document": "the d "}"#
    let model = try load(tiny)
    let texts = [
      ContextualText("robots walk.", context: "the robot > balance: "), ContextualText("robots walk."),
      ContextualText("", context: "the robot"),
    ]
    for role in [EmbeddingRole.document, .query] {
      let embeddings = try #require(try await model.embedTokens(of: texts, as: role))
      let matrix = try await model.embed(texts.map(\.whole), as: role)
      let own = Array(model.encoder.tokenizer.encode("robots walk.").dropFirst().dropLast())
      #expect(embeddings.map(\.tokens?.ids) == [own, own, []])
      for (row, embedding) in embeddings.enumerated() {
        #expect(zip(embedding.vector, matrix[row]).allSatisfy { abs($0 - $1) < 1e-5 })
      }
      // What stands before it makes the same words another token.
      #expect(embeddings[0].tokens != embeddings[1].tokens)
    }
    #expect(try await model.embedTokens(of: [], as: .document) == [])
  }

  private func load(_ model: TinyModel) throws -> LocalEmbeddingModel {
    let folder = ModelFolder()
    model.write(to: folder)
    return try LocalEmbeddingModel(directory: ModelDirectory(path: folder.path, source: .flag))
  }
}
