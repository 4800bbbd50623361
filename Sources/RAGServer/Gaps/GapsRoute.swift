import Answering
import FoundationEssentials
import HTTPServer
import Models

/// `GET /api/analytics/gaps`: what people asked that the corpus could not answer, for the administrator.
struct GapsRoute {
  let callers: Callers
  let source: GapSource
  let model: any EmbeddingModel
  /// So many are grouped in a few seconds.
  private static let wordings = 4000

  func add(to api: RouteGroup) {
    api.get("/analytics/gaps") { request in
      try await callers.requireAdministrator(request)
      let limit = try request.query.integer("limit", in: 1...1000) ?? 50
      let days = try request.query.integer("days", in: 1...3650)
      let since =
        try request.query.time("since") ?? days.map { Date(timeIntervalSinceNow: -86_400 * Double($0)) }
      let questions = try await source.questions(since: since)
      var report = try await GapReport(questions, model: model, limit: Self.wordings)
      report.groups = Array(report.groups.prefix(limit))
      return try .reply(report)
    }
  }
}
