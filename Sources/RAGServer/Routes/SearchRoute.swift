import Commands
import HTTPServer
import Retrieval
import Setup

/// `POST /api/search`: the passages nearest to a question.
struct SearchRoute {
  let searcher: Searcher
  let settings: Settings
  let requests: RequestLog
  /// Charged what a reranker bills.
  let limits: Limits

  func add(to api: RouteGroup<Void>) {
    let (searcher, settings, requests, limits) = (searcher, settings, requests, limits)
    api.post("/search") { request in
      var query = try request.decodeJSON(SearchRequest.self).searchQuery(
        standard: searcher.standardMode)
      query.fallsBack = FallbackSetup.isOn(settings)
      let result = try await searcher.search(query)
      if let cost = result.reranking?.cost {
        await limits.charge(cost, Admission.admitted?.caller ?? Caller())
      }
      if let reason = result.degradedReason { requests.warn(reason.message, request) }
      return try .reply(result)
    }
  }
}
