import HTTPServer
import Retrieval

/// `GET /api/suggestions`: questions that the corpus is likely to answer, for a page that is still empty.
struct SuggestionRoute {
  struct Reply: Codable, Equatable {
    var suggestions: [Suggestion]
  }

  let suggestions: SuggestionCache

  func add(to api: RouteGroup<Void>) {
    let suggestions = suggestions
    api.get("/suggestions") { _ in
      try .reply(Reply(suggestions: try await suggestions.current()))
    }
  }
}

/// Suggestions of the corpus's current generation.
actor SuggestionCache {
  /// Chunks that are looked at, and questions that are kept.
  private static let chunks = 300
  private static let questions = 8

  private let corpus: Corpus
  private var known: (generation: Int, suggestions: [Suggestion])?

  init(corpus: Corpus) {
    self.corpus = corpus
  }

  func current() async throws -> [Suggestion] {
    let generation = try await corpus.generation
    if let known, known.generation == generation { return known.suggestions }
    let openings = try await corpus.openings(Self.chunks)
    let suggestions = Suggestion.best(of: openings, count: Self.questions)
    known = (generation, suggestions)
    return suggestions
  }
}
