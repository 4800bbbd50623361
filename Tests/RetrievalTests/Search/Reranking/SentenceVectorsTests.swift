import Models
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite struct SentenceVectorsTests {
  private final class CountingModel: EmbeddingModel {
    private let base = HashingEmbeddingModel(dimensions: 64)
    private let seen = Mutex<[String]>([])

    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }
    var embedded: [String] { seen.withLock { $0 } }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      seen.withLock { $0 += texts }
      return try await base.embed(texts, as: role)
    }
  }

  @Test func `rows are those of the model, and no sentence is embedded twice`() async throws {
    let model = CountingModel()
    let vectors = SentenceVectors()
    let texts = ["The knee bends.", "The arm turns.", "The knee bends."]
    let expected = try await HashingEmbeddingModel(dimensions: 64).embed(texts, as: .document)
    for _ in 0..<2 { #expect(try await vectors.vectors(of: texts, with: model) == expected) }
    let more = try await vectors.vectors(of: ["The eye sees.", "The arm turns."], with: model)
    #expect(Array(more[1]) == Array(expected[1]))
    #expect(model.embedded == ["The knee bends.", "The arm turns.", "The eye sees."])
    #expect(try await vectors.vectors(of: [], with: model).count == 0)
  }

  @Test func `what is needed again is kept, the rest is forgotten`() async throws {
    let model = CountingModel()
    let vectors = SentenceVectors(limit: 4)
    _ = try await vectors.vectors(of: ["often"], with: model)
    for number in 0..<40 { _ = try await vectors.vectors(of: ["often", "once \(number)"], with: model) }
    #expect(model.embedded.count { $0 == "often" } == 1)
    _ = try await vectors.vectors(of: ["once 0"], with: model)
    #expect(model.embedded.count { $0 == "once 0" } == 2)
  }
}
