import Models
import Synchronization
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Refuses what is longer than its true window, which may be smaller than what is known of it.
private final class NarrowModel: ChatModel {
  let name = "narrow"
  private let known: Int
  private let truth: Int
  /// Whether refusals are understood, so that the window is known from then on.
  private let learns: Bool
  private let refusals = Mutex(0)

  init(known: Int, truth: Int, learns: Bool) {
    self.known = known
    self.truth = truth
    self.learns = learns
  }

  var window: Int { learns && refused > 0 ? truth : known }
  var refused: Int { refusals.withLock { $0 } }

  private var refusal: ModelError {
    var error = ModelError(.contextLengthExceeded, provider: "test", message: "Too long.")
    if learns { error.window = truth }
    return error
  }

  func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    let counter = EstimatedTokenCounter(window: .max)
    let tokens = request.messages.reduce(0) { $0 + counter.count($1.text) + 4 }
    let fits = tokens + (request.maximumTokens ?? 0) <= truth
    if !fits { refusals.withLock { $0 += 1 } }
    return AsyncThrowingStream { continuation in
      guard fits else {
        return continuation.finish(
          throwing: self.refusal)
      }
      continuation.yield(.textDelta("The knee bends the leg. [1]"))
      continuation.yield(.finish(.stop))
      continuation.finish()
    }
  }
}

@Suite struct OverflowTests {
  private func passages(_ count: Int) -> [Passage] {
    (0..<count).map { index in
      let text = "Passage \(index). " + String(repeating: "The knee bends the leg. ", count: 20)
      return Passage(
        chunk: index, documentID: index, document: "\(index).md", source: "/\(index).md",
        collection: "default", headingPath: [], start: 0, end: text.unicodeScalars.count, text: text,
        ordinal: 0, score: 1, denseScore: 0.8)
    }
  }

  @Test(arguments: [(128_000, 8192, false), (8192, 2048, false), (8192, 2048, true), (8192, 1024, true)])
  func aPromptIsMadeSmallerUntilTheModelTakesIt(known: Int, truth: Int, learns: Bool) async throws {
    let model = NarrowModel(known: known, truth: truth, learns: learns)
    let answerer = GenerativeAnswerer(
      model: model, extractive: ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 128)))
    let passages = passages(400)
    let first = try await answerer.answer("What does the knee bend?", from: passages)
    #expect(first.answer == "The knee bends the leg. [1]")
    #expect(model.refused > 0 && model.refused < 5)
    let before = model.refused
    _ = try await answerer.answer("What does the knee bend?", from: passages)
    if learns { #expect(model.refused == before, "what was learned holds") }
  }

  @Test func whatCanNeverFitIsTheModelsOwnError() async throws {
    let model = NarrowModel(known: 8192, truth: 10, learns: false)
    let answerer = GenerativeAnswerer(
      model: model, extractive: ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 128)))
    let error = await #expect(throws: ModelError.self) {
      try await answerer.answer("What does the knee bend?", from: passages(3))
    }
    #expect(error?.kind == .contextLengthExceeded && model.refused < 8)
  }
}
