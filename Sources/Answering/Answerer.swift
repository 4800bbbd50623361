import Models
import Retrieval

/// Answers questions from a corpus: searches, then writes an answer whose sentences are cited.
public struct Answerer: Sendable {
  public let searcher: Searcher
  private let extractive: ExtractiveAnswerer
  private let generative: GenerativeAnswerer?

  /// Passages that an answer is made from.
  static let passages = 8

  /// - Parameter chat: writes prose from the passages; without one the answer is made of their own sentences.
  public init(
    searcher: Searcher, chat: (any ChatModel)? = nil,
    options: ExtractiveAnswerer.Options = ExtractiveAnswerer.Options()
  ) {
    self.searcher = searcher
    extractive = ExtractiveAnswerer(model: searcher.model, options: options)
    generative = chat.map { [extractive] in GenerativeAnswerer(model: $0, extractive: extractive) }
  }

  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) async throws -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try await searcher.search(SearchQuery(question, limit: Self.passages, filter: filter))
    var answer =
      if let generative, !found.passages.isEmpty {
        try await generative.answer(question, from: found.passages)
      } else {
        try await extractive.answer(question, from: found.passages)
      }
    answer.milliseconds = (clock.now - start) / .milliseconds(1)
    return answer
  }
}
