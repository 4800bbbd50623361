import Models
import Retrieval

/// Answers questions from a corpus: searches, then writes an answer whose sentences are cited.
public struct Answerer: Sendable {
  public let searcher: Searcher
  private let extractive: ExtractiveAnswerer

  /// Passages that an answer is made from.
  static let passages = 8

  public init(searcher: Searcher, options: ExtractiveAnswerer.Options = ExtractiveAnswerer.Options()) {
    self.searcher = searcher
    extractive = ExtractiveAnswerer(model: searcher.model, options: options)
  }

  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) async throws -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try await searcher.search(SearchQuery(question, limit: Self.passages, filter: filter))
    var answer = try await extractive.answer(question, from: found.passages)
    answer.milliseconds = (clock.now - start) / .milliseconds(1)
    return answer
  }
}
