import Models
import Retrieval

/// Answers questions from a corpus: searches, then writes an answer whose sentences are cited.
public struct Answerer: Sendable {
  public let searcher: Searcher
  let extractive: ExtractiveAnswerer
  let chat: (any ChatModel)?
  let rewriter: (any QuestionRewriter)?

  /// Passages that an answer is made from.
  static let passages = 8
  /// Passages in which sentences say what something is or does: as many as are ranked by their sentences anyway.
  static let definitionPassages = 20

  /// - Parameters:
  ///   - chat: writes prose from the passages; without one the answer is made of their own sentences.
  ///   - rewriter: makes follow-up questions whole; without one they are searched for as they are.
  public init(
    searcher: Searcher, chat: (any ChatModel)? = nil, rewriter: (any QuestionRewriter)? = nil,
    options: ExtractiveAnswerer.Options = ExtractiveAnswerer.Options()
  ) {
    self.searcher = searcher
    self.chat = chat
    self.rewriter = rewriter
    extractive = ExtractiveAnswerer(
      model: searcher.model, options: options, vectors: searcher.sentenceVectors ?? SentenceVectors())
  }

  /// Starts an answer at once and gives its steps. Letting go of the stream, or cancelling the task that reads it, stops
  /// the work, the provider's included; a cancelled stream ends without `done`.
  ///
  /// A chat model that fails is replaced by the documents' own sentences, which the answer says in `degradedReason`; what
  /// was shown of its text until then is taken back by `replaced`. With `fallsBack` off, or where the caller's own
  /// parameters were refused, the stream throws the `ModelError` instead.
  public func stream(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerEvent, any Error> {
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: AnswerEvent.self)
    let task = Task {
      do {
        let answer = try await AnswerRun(self, request) { continuation.yield($0) }.answer()
        continuation.yield(.done(answer))
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  /// Waits for the whole answer.
  ///
  /// - Throws: as `stream` does, and `CancellationError` in a cancelled task.
  public func answer(_ request: AnswerRequest) async throws -> Answer {
    for try await event in stream(request) {
      if case .done(let answer) = event { return answer }
    }
    throw CancellationError()
  }

  /// Waits for the whole answer to a question that follows upon nothing.
  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) async throws -> Answer {
    try await answer(AnswerRequest(question, filter: filter))
  }
}
