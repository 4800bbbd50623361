import Commands
import FoundationEssentials
import HTTPServer
import Models
import Retrieval
import Setup
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `POST /api/search`: the passages nearest to a question.
struct SearchRoute {
  let searcher: Searcher
  let settings: Settings
  let requests: RequestLog
  /// Charged what a reranker bills, which is noted too.
  let limits: Limits
  let records: any RecordStore

  func add(to api: RouteGroup<Void>) {
    let (searcher, settings, requests) = (searcher, settings, requests)
    api.post("/search") { request in
      var query = try request.decodeJSON(SearchRequest.self).searchQuery(
        standard: searcher.standardMode)
      query.fallsBack = FallbackSetup.isOn(settings)
      let result = try await searcher.search(query)
      if let reranking = result.reranking { await account(for: reranking, request) }
      if let reason = result.degradedReason { requests.warn(reason.message, request) }
      return try .reply(result)
    }
  }

  private func account(for reranking: RerankReport, _ request: Request) async {
    guard let units = reranking.searchUnits else { return }
    let caller = Admission.admitted?.caller ?? Caller()
    if let cost = reranking.cost { await limits.charge(cost, caller) }
    do {
      try await records.add(
        .usage(
          "search-\(UUID().uuidString.lowercased())", of: reranking.model,
          Usage(searchUnits: units, of: reranking.model ?? ""), cost: reranking.cost, subject: request.id,
          key: caller.key?.id))
    } catch {
      requests.report(error, request)
    }
  }
}
