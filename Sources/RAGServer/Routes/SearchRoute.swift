import Commands
import HTTPServer
import Retrieval
import Setup

/// `POST /api/search`: the passages nearest to a question.
struct SearchRoute {
  let searcher: Searcher
  let settings: Settings
  let requests: RequestLog
  let accounts: SearchAccounts

  func add(to api: RouteGroup) {
    let (searcher, settings, requests, accounts) = (searcher, settings, requests, accounts)
    api.post("/search") { request in
      var query = try request.decodeClosed(SearchRequest.self).searchQuery(
        standard: searcher.standardMode)
      query.fallsBack = FallbackSetup.isOn(settings)
      let result = try await searcher.search(query)
      await accounts.note(result, Admission.admitted?.caller ?? Caller())
      if let reason = result.degradedReason { requests.warn(reason.message, request) }
      return try .reply(result)
    }
  }
}
