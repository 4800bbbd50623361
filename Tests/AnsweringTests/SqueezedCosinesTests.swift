import FoundationEssentials
import TestSupport
import Testing

@testable import Answering
@testable import Models
@testable import Retrieval

/// A model whose cosines all lie close together, and says so, is as good as one whose cosines do not.
@Suite struct SqueezedCosinesTests {
  private static let base = HashingEmbeddingModel(dimensions: 512)
  private static let questions = [
    "What is the zero moment point?", "How many bones has the human hand?",
    "When did MuJoCo become open source?",
    "Which fertiliser is best for tomatoes?", "Who won the football World Cup in 2022?",
    "How do bees navigate back to their hive?",
  ]

  private func answers(_ model: any EmbeddingModel) async throws -> [Answer] {
    let folder = "/tmp/footnote-squeezed-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let corpus = try Corpus(path: folder + "/book.db", access: .create)
    let indexer = Indexer(corpus: corpus, model: model, loader: DocumentReader())
    // One after the other, so that both models' passages stand in the same order.
    for chapter in try FileManager.default.contentsOfDirectory(atPath: SampleBook.root + "/corpus").sorted() {
      _ = try await indexer.run(.walk([SampleBook.root + "/corpus/" + chapter]))
    }
    let searcher = try await Searcher(
      corpus: corpus, model: model, extras: .init(sentences: SentenceReranker()))
    let answerer = Answerer(searcher: searcher)
    var answers: [Answer] = []
    for question in Self.questions { answers.append(try await answerer.answer(question)) }
    return answers
  }

  @Test func `it answers, and refuses, as sure of itself`() async throws {
    let usual = try await answers(Self.base)
    #expect(usual.contains { $0.answered } && usual.contains { !$0.answered })
    let squeezed = try await answers(SqueezedModel(Self.base, unrelated: 0.8))
    for (usual, squeezed) in zip(usual, squeezed) {
      #expect(usual.answered == squeezed.answered && usual.answer == squeezed.answer)
      #expect(abs(usual.confidence - squeezed.confidence) < 0.01)
    }
    // That is what it is for: where nobody says what the cosines mean, hardly anything is refused.
    let untold = try await answers(SqueezedModel(Self.base, unrelated: 0.8, isTold: false))
    #expect(untold.count { $0.answered } > usual.count { $0.answered })
  }

  @Test(SampleBook.condition) func `the default model's cosines are the usual ones when they are measured`()
    throws
  {
    let model = try #require(SampleBook.model)
    let prompts = ModelPrompts([:], model: model.directory.name)
    #expect(CosineScale(nil, measuring: model.encoder, prompts) == CosineScale())
  }

  @Test func `questions are grouped alike`() async throws {
    let questions: [GapReport.Question] = [
      .init("How heavy is the robot arm?", reason: .refused),
      .init("How heavy is the arm of the robot?", reason: .refused),
      .init("Which battery lasts longest in winter?", reason: .refused),
      .init("Which battery lasts longest in the winter?", reason: .refused),
      .init("Who painted it blue?", reason: .disliked),
    ]
    for block in [2, 100] {
      let usual = try await GapReport(questions, model: Self.base, block: block)
      let squeezed = try await GapReport(
        questions, model: SqueezedModel(Self.base, unrelated: 0.8), block: block)
      #expect(usual.groups.map(\.count) == [2, 2, 1] && squeezed == usual)
    }
    let untold = SqueezedModel(Self.base, unrelated: 0.8, isTold: false)
    #expect(try await GapReport(questions, model: untold).groups.map(\.count) == [5])
  }
}
