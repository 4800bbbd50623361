import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What speaks for passages answering a question.
@Suite struct EvidenceTests {
  private let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  /// A passage that speaks of many things lies near to no question.
  private static let notes = """
    The staging server moves to Helsinki. Lunch is at noon on Fridays. The printer takes A3 paper. All requests need the \
    header of the day. Bea waters the plants.
    """

  private func answer(_ question: String, near: Double, passages: Int? = nil) async throws -> Answer {
    var passage = Passage.note(Self.notes)
    passage.denseScore = near
    let statistics = passages.map {
      QuestionStatistics(
        passages: $0, attainableLexicalScore: 0, unknownWords: 0, neighbourCosine: 0.7, cosineSpread: 0.1)
    }
    return try await answerer.answer(question, from: [passage], statistics: statistics)
  }

  @Test func `a statement that is near counts though its passage is far`() async throws {
    let found = try await answer("Which header do all requests need?", near: 0.2)
    #expect(found.answer.hasPrefix("All requests need the header of the day. [1]"), "\(found.answer)")
    #expect(try await !answer("Who paints the fence of our neighbours?", near: 0.2).answered)
  }

  @Test func `of few passages the nearest one need not be as near`() async throws {
    let question = "Who paints the fence of our neighbours?"
    let near = 0.47
    #expect(try await answer(question, near: near, passages: 3).answered)
    #expect(try await !answer(question, near: near, passages: 100_000).answered)
  }

  @Test(arguments: [(0.4, 20, true), (0.33, 20, false), (0.5, 20_000, false)])
  func `a statement in other words counts if it is near enough for so many passages`(
    cosine: Double, passages: Int, isFound: Bool
  ) {
    var passage = Passage.note(Self.notes)
    passage.denseScore = 0.15
    let statement = Statement.statements(of: passage, at: 0)[3]
    var features = StatementFeatures()
    features.similarity = cosine
    let evidence = Evidence(
      ReadQuestion("What must everybody add to a call?"), [passage],
      ranked: [RankedStatement(read: ReadStatement(statement), features: features, score: 1)],
      statistics: QuestionStatistics(
        passages: passages, attainableLexicalScore: 1, unknownWords: 1, neighbourCosine: 0.7,
        cosineSpread: 0.1))
    #expect((evidence.probability >= ExtractiveAnswerer.Options().threshold) == isFound)
  }
}
