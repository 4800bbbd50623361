import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

struct StatementClosenessTests {
  /// Words are tokens, and near only to themselves.
  private struct WordModel: EmbeddingModel {
    let base = HashingEmbeddingModel(dimensions: 64)
    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }
    static let words = ["crane", "lifts", "turns", "heavy", "loads", "slowly"]

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      try await base.embed(texts, as: role)
    }

    func embedTokens(
      of texts: [ContextualText], as role: EmbeddingRole
    ) async throws -> [TextEmbedding]? {
      let matrix = try await base.embed(texts.map(\.whole), as: role)
      return texts.enumerated().map { row, text in
        let ids = Words.of(text.text).compactMap { Self.words.firstIndex(of: $0).map(Int32.init) }
        let values = ids.flatMap { id in Self.words.indices.map { $0 == Int(id) ? Float(1) : 0 } }
        return TextEmbedding(vector: Array(matrix[row]), tokens: TokenSketch(ids: ids, values: values))
      }
    }
  }

  private let passage = Passage(
    chunk: 1, documentID: 1, document: "crane.md", source: "/crane.md", collection: "default", title: nil,
    headingPath: [], start: 0, end: 56, text: "The crane lifts. It turns slowly.\n\n- heavy loads\n- loads",
    ordinal: 0, score: 1, denseScore: 0.7)

  private func closeness(_ question: String, _ model: any EmbeddingModel) async throws -> StatementCloseness {
    let asked = try await model.embedding(of: question)
    return try await StatementCloseness(
      asked, Statement.statements(of: passage, at: 0).map { ReadStatement($0) }, model: model,
      vectors: SentenceVectors())
  }

  @Test func `each token counts by how rare it is, in the statement or in the sentence before it`()
    async throws
  {
    let model = WordModel()
    // "crane" stands in one of four statements, "loads" in two.
    let (rare, usual) = (1.2040, 0.6931)
    let found = try await closeness("crane loads", model).tokens
    let expected = [rare, rare, usual, usual].map { $0 / (rare + usual) }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 0.01 }, "\(found)")
    // An item is not understood with the one before it.
    let heavy = try await closeness("heavy", model).tokens
    #expect(zip(heavy, [0, 0, 1, 0]).allSatisfy { abs($0 - $1) < 0.01 }, "\(heavy)")
  }

  @Test func `cosines are those of the texts, and stand alone where there are no tokens`() async throws {
    let plain = try await closeness("The crane lifts.", HashingEmbeddingModel(dimensions: 64))
    #expect(plain.tokens.isEmpty)
    #expect(plain.cosines.count == 4 && abs(plain.cosines[0] - 1) < 1e-5)
    #expect(try await closeness("The crane lifts.", WordModel()).cosines == plain.cosines)
    #expect(try await closeness("?", WordModel()).tokens.isEmpty)
  }

  @Test func `without vectors of tokens scores are those of the other features`() {
    let weights = StatementWeights()
    var features = StatementFeatures()
    features.similarity = 0.5
    let plain = weights.score(features, .sentence)
    #expect(plain == 0.5 * weights.similarity)
    features.tokens = weights.usualTokens
    #expect(weights.score(features, .sentence) == plain)
    features.tokens = 0.6
    #expect(weights.score(features, .sentence) > plain)
  }
}
