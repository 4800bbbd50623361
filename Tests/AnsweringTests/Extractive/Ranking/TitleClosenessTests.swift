import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Titles that announce an answer in other words than the question's.
@Suite struct TitleClosenessTests {
  /// Gives each text the cosine with the question that is said of it, and 0 to all others.
  private struct CosineModel: EmbeddingModel {
    let base = HashingEmbeddingModel(dimensions: 2)
    let cosines: [String: Float]
    var fingerprint: EmbeddingFingerprint { base.fingerprint }
    var tokens: any TokenCounter { base.tokens }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      var matrix = EmbeddingMatrix(dimensions: 2)
      for text in texts {
        let cosine = role == .query ? 1 : cosines[text] ?? 0
        matrix.append([cosine, (1 - cosine * cosine).squareRoot()])
      }
      return matrix
    }
  }

  private static let question = "How do I mend a sail?"

  private func closeness(
    _ passages: [Passage], _ cosines: [String: Float], question: String = question
  ) async throws -> TitleCloseness {
    let model = CosineModel(cosines: cosines)
    let statements = passages.enumerated().flatMap { index, passage in
      Statement.statements(of: passage, at: index).map { ReadStatement($0) }
    }
    return try await TitleCloseness(
      ReadQuestion(question), model.embedding(of: question), statements, in: passages, model: model,
      vectors: SentenceVectors())
  }

  @Test(arguments: [(0.5, 0), (0.55, 0), (0.675, 0.5), (0.8, 1), (0.9, 1)])
  func `a title counts the more, the nearer it comes`(cosine: Float, degree: Double) async throws {
    let passages = [Passage.note("Take a needle.", headings: ["Care", "Repairing torn canvas"])]
    let found = try await closeness(passages, ["Repairing torn canvas": cosine, "Care": 1])
    #expect(abs(found.degrees[0] - degree) < 0.001, "\(found.degrees)")
  }

  @Test func `the first statements of a section are its opening`() async throws {
    let text = "Take a needle. Wax the yarn. Sew.\n\n## Storing canvas\n\nDry it first. Fold it. Wait."
    var passages = [Passage.note("It dries.", headings: ["Canvas"]), .note(text, headings: ["Canvas"])]
    // The second one is the first of its section.
    passages[0].ordinal = 5
    passages[1].documentID = 1
    let found = try await closeness(passages, ["Canvas": 0.9])
    #expect(found.openings == [0, 1, 0.5, 0, 0, 1, 0.5, 0])
    #expect(found.degrees == [1, 1, 1, 1, 0, 0, 0, 0])
  }

  @Test func `what something is opens nothing for who asks how to do something`() async throws {
    let passages = [Passage.note("Canvas is a cloth. Take a needle.", headings: ["Canvas"])]
    #expect(try await closeness(passages, ["Canvas": 0.9]).openings == [0, 0.5])
    let why = Passage.note("Canvas is a cloth. Take a needle.", headings: ["Why canvas?"])
    #expect(try await closeness([why], ["Why canvas?": 0.9], question: "Why cloth?").openings == [1, 0.5])
  }

  @Test(arguments: [
    ("Why does a sail tear?", "Why do sails get holes?", true), ("Why does a sail tear?", "Holes", false),
    ("Why does a sail tear?", "How do sails tear?", false), ("How do I mend a sail?", "Holes", true),
  ])
  func `titles that ask nothing count for who asks how to do something`(
    question: String, title: String, counts: Bool
  ) async throws {
    let passages = [Passage.note("Salt dries in it.", headings: [title])]
    let found = try await closeness(passages, [title: 0.9], question: question)
    #expect(found.degrees == [counts ? 1 : 0])
  }

  @Test func `what stands under it leads, beginning with its opening`() async throws {
    let passages = [
      Passage.note("A sail that nobody can mend is a rag. I sail.", headings: ["Rags"]),
      .note("Take a needle. Wax the yarn.", chunk: 2, headings: ["Repairing torn canvas"]),
    ]
    let near = ExtractiveAnswerer(model: CosineModel(cosines: ["Repairing torn canvas": 0.9]))
    let answer = try await near.answer(Self.question, from: passages)
    #expect(answer.citations.first?.quote == "Take a needle.", "\(answer.answer)")
    let far = ExtractiveAnswerer(model: CosineModel(cosines: ["Repairing torn canvas": 0.5]))
    let other = try await far.answer(Self.question, from: passages)
    #expect(other.citations.first?.quote != "Take a needle.", "\(other.answer)")
  }
}
