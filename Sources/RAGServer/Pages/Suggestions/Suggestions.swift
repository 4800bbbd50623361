import Answering
import Retrieval

/// Finds questions that the corpus answers, in the headings and definitions of its passages.
actor Suggestions {
  /// Passages near to this are where questions are answered, in whatever they are about.
  private static let probe = "What is it, how does it work, and how do I use it?"

  private let searcher: Searcher
  private var known: (generation: Int, suggestions: [Suggestion])?

  init(searcher: Searcher) {
    self.searcher = searcher
  }

  /// Questions to begin with; looked for once in each generation of the corpus.
  func first() async throws -> [Suggestion] {
    let generation = try await searcher.corpus.generation
    if let known, known.generation == generation { return known.suggestions }
    let passages = try await searcher.search(
      SearchQuery(Self.probe, mode: .dense, limit: 300, selection: PassageSelection.none)
    ).passages
    let suggestions = Suggestion.best(of: passages, count: 8)
    known = (generation, suggestions)
    return suggestions
  }

  /// Questions that passages near to `question` answer, `question` itself left out.
  nonisolated func next(after question: String) async throws -> [Suggestion] {
    // Nothing was asked yet.
    if Courtesy(question) != nil { return Array(try await first().prefix(3)) }
    let passages = try await searcher.search(
      SearchQuery(question, limit: 40, selection: PassageSelection.none)
    ).passages
    let asked = Set(Self.words(question))
    return Suggestion.best(of: passages, count: 8)
      .filter { Set(Self.words($0.question)).subtracting(asked).count > 0 }.prefix(3).map { $0 }
  }

  /// Words that say what a question is about.
  private static func words(_ question: String) -> [String] {
    let empty: Set<String> = [
      "what", "is", "are", "a", "an", "the", "how", "do", "does", "i", "of", "to", "in",
    ]
    return question.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { !empty.contains($0) }
  }
}
