import Answering
import HTTPServer
import Models

/// `GET /api/analytics/gaps`: what people asked that the corpus could not answer, for the administrator.
struct GapsRoute {
  let callers: Callers
  let source: GapSource
  let model: any EmbeddingModel

  func add(to api: RouteGroup<Void>) {
    api.get("/analytics/gaps") { request in
      try await callers.requireAdministrator(request)
      let limit = try request.query.integer("limit", in: 1...1000) ?? 50
      let questions = try await source.questions(since: try request.query.time("since"))
      var report = try await GapReport(questions, model: model)
      report.groups = Array(report.groups.prefix(limit))
      return try .reply(report)
    }
  }
}
