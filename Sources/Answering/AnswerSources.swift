import Models
import Retrieval

/// What a question is answered from.
struct AnswerSources: Sendable {
  /// The question as it was searched for at last.
  let question: ReadQuestion
  let found: SearchResult
  let openings: TitledOpenings
  /// What rerankers used in all; nil for nothing.
  let usage: Usage?

  /// Searches, once more under the name by which the documents explain the thing in question, and adds what opens pages
  /// and sections that are titled with it, and the places that the question names.
  ///
  /// - Parameter asked: the text of `query`.
  init(_ asked: ReadQuestion, _ query: SearchQuery, of answerer: Answerer) async throws {
    var found = try await answerer.searcher.search(query)
    var question = found.correctedQuery.map { ReadQuestion($0) } ?? asked
    var usage = found.reranking?.usage
    if let redirected = answerer.extractive.redirected(question, by: found.passages) {
      question = ReadQuestion(redirected)
      var query = query
      query.text = redirected
      query.correctsSpelling = false
      found = try await answerer.searcher.search(query)
      usage = Usage.sum([usage, found.reranking?.usage])
    }
    found.passages = try await ContinuedSteps(question).joined(found.passages, by: answerer.searcher.index)
    var openings = TitledOpenings(question)
    found.passages = try await openings.add(to: found.passages, from: answerer.searcher.index)
    found.passages += try await question.places.missing(
      from: found.passages, query, of: answerer.searcher)
    self.question = question
    self.found = found
    self.openings = openings
    self.usage = usage
  }
}
