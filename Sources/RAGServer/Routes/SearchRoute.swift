import HTTPServer
import Retrieval

/// `POST /api/search`: the passages nearest to a question.
struct SearchRoute {
  let searcher: Searcher

  func add(to api: RouteGroup<Void>) {
    let searcher = searcher
    api.post("/search") { request in
      let query = try request.decodeJSON(SearchRequest.self).searchQuery(
        standard: searcher.standardMode)
      return try .reply(try await searcher.search(query))
    }
  }
}
