import Commands
import HTTPServer
import Retrieval
import Setup

/// `POST /api/search`: the passages nearest to a question.
struct SearchRoute {
  let searcher: Searcher
  let settings: Settings

  func add(to api: RouteGroup<Void>) {
    let (searcher, settings) = (searcher, settings)
    api.post("/search") { request in
      var query = try request.decodeJSON(SearchRequest.self).searchQuery(
        standard: searcher.standardMode)
      query.fallsBack = FallbackSetup.isOn(settings)
      return try .reply(try await searcher.search(query))
    }
  }
}
