import Models
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite struct SentenceVectorsTests {
  @Test func `rows are those of the model, and no sentence is embedded twice`() async throws {
    let model = HashingEmbeddingModel(dimensions: 64)
    let vectors = SentenceVectors()
    let texts = ["The knee bends.", "The arm turns.", "The knee bends."]
    let expected = try await HashingEmbeddingModel(dimensions: 64).embed(texts, as: .document)
    for _ in 0..<2 { #expect(try await vectors.vectors(of: texts, with: model) == expected) }
    let more = try await vectors.vectors(of: ["The eye sees.", "The arm turns."], with: model)
    #expect(Array(more[1]) == Array(expected[1]))
    #expect(model.embedded == ["The knee bends.", "The arm turns.", "The eye sees."])
    #expect(try await vectors.vectors(of: [], with: model).count == 0)
  }

  /// One that has a token for each word.
  private final class TokenModel: EmbeddingModel {
    private let base = HashingEmbeddingModel(dimensions: 64)
    private let seen = Mutex<[String]>([])

    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }
    var embedded: [String] { seen.withLock { $0 } }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      try await base.embed(texts, as: role)
    }

    func embedTokens(
      of texts: [ContextualText], as role: EmbeddingRole
    ) async throws -> [TextEmbedding]? {
      seen.withLock { $0 += texts.map(\.whole) }
      let matrix = try await base.embed(texts.map(\.whole), as: role)
      return texts.enumerated().map { row, text in
        let ids = text.text.split(separator: " ").map { Int32($0.count) }
        let values: [Float] = ids.flatMap { [Float($0), 1] }
        return TextEmbedding(vector: Array(matrix[row]), tokens: TokenSketch(ids: ids, values: values))
      }
    }
  }

  @Test func `tokens come with their sentence, and no sentence is embedded twice`() async throws {
    let model = TokenModel()
    let vectors = SentenceVectors()
    let texts = [
      ContextualText("The knee bends.", context: "Legs: "), ContextualText("The arm turns."),
      ContextualText("The knee bends.", context: "Legs: "),
    ]
    // A vector alone that is known does not do.
    _ = try await vectors.vectors(of: ["The arm turns."], with: model)
    let expected = try #require(try await TokenModel().embedTokens(of: texts, as: .document))
    for _ in 0..<2 { #expect(try await vectors.embeddings(of: texts, with: model) == expected) }
    #expect(model.embedded == ["Legs: The knee bends.", "The arm turns."])
    let matrix = try await vectors.vectors(of: ["Legs: The knee bends."], with: model)
    #expect(Array(matrix[0]) == expected[0].vector)
    #expect(try await vectors.embeddings(of: [], with: model) == [])
    #expect(try await vectors.embeddings(of: texts, with: HashingEmbeddingModel(dimensions: 64)) == expected)
    #expect(
      try await SentenceVectors().embeddings(of: texts, with: HashingEmbeddingModel(dimensions: 64)) == nil)
  }

  @Test func `what is kept is bounded by its size, not by its number`() async throws {
    let model = TokenModel()
    let vectors = SentenceVectors(bytes: 20_000)
    let long = (0..<20).map { ContextualText(String(repeating: "word\($0) ", count: 1000)) }
    for text in long { _ = try await vectors.embeddings(of: [text], with: model) }
    _ = try await vectors.embeddings(of: [long[0]], with: model)
    #expect(model.embedded.count == 21, "the first was forgotten")
    let short = (0..<20).map { ContextualText("word \($0)") }
    for _ in 0..<2 { _ = try await vectors.embeddings(of: short, with: model) }
    #expect(model.embedded.count == 41)
  }

  @Test func `those who want the same at the same time embed it a few times at most`() async throws {
    let model = TokenModel()
    let vectors = SentenceVectors()
    let texts = (0..<20).map { ContextualText("Joint \($0) turns.") }
    let expected = try #require(try await TokenModel().embedTokens(of: texts, as: .document))
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<100 { group.addTask { try await vectors.embeddings(of: texts, with: model) == expected } }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(model.embedded.count <= 4 * texts.count)
  }

  @Test func `whoever is cancelled while others embed leaves the way free`() async throws {
    let model = TokenModel()
    let vectors = SentenceVectors()
    let tasks = (0..<20).map { number in
      Task { try await vectors.embeddings(of: [ContextualText("Joint \(number) turns.")], with: model) }
    }
    for task in tasks.dropFirst(2) { task.cancel() }
    for task in tasks { _ = await task.result }
    #expect(try await vectors.embeddings(of: [ContextualText("The arm turns.")], with: model)?.count == 1)
  }

  @Test func `what is needed again is kept, the rest is forgotten`() async throws {
    let model = HashingEmbeddingModel(dimensions: 64)
    // A vector of 64 values takes some 400 bytes.
    let vectors = SentenceVectors(bytes: 1600)
    _ = try await vectors.vectors(of: ["often"], with: model)
    for number in 0..<40 { _ = try await vectors.vectors(of: ["often", "once \(number)"], with: model) }
    #expect(model.embedded.count { $0 == "often" } == 1)
    _ = try await vectors.vectors(of: ["once 0"], with: model)
    #expect(model.embedded.count { $0 == "once 0" } == 2)
  }
}
