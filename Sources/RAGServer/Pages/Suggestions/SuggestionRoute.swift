import HTTPServer
import Retrieval

/// `GET /api/suggestions`: questions that the corpus is likely to answer, for a page that is still empty; with
/// `?after=QUESTION`, those to ask next.
struct SuggestionRoute {
  struct Reply: Codable, Equatable {
    var suggestions: [Suggestion]
  }

  let suggestions: Suggestions

  func add(to api: RouteGroup) {
    let suggestions = suggestions
    api.get("/suggestions") { request in
      guard let question = request.query["after"], !question.isEmpty else {
        return try .reply(Reply(suggestions: try await suggestions.first()))
      }
      let text = try RequestText.question(question, field: "after")
      return try .reply(Reply(suggestions: try await suggestions.next(after: text)))
    }
  }
}
