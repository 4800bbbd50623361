import FoundationEssentials
import HTTPServer
import State

/// `GET /api/usage?days=7`: questions, latency, tokens and cost over time, for administrators.
struct UsageRoute {
  /// Records that are looked at, at most; of more the latest.
  private static let most = 200_000

  let state: State
  let callers: Callers

  func add(to api: RouteGroup) {
    let (state, callers) = (state, callers)
    api.get("/usage") { request in
      try await callers.requireAdministrator(request)
      let days = try days(request.query["days"])
      // A day in hours, a week in parts of a day, more in days.
      let length: Double = days <= 2 ? 3600 : days <= 14 ? 6 * 3600 : 86_400
      let now = Date()
      let end = (now.timeIntervalSince1970 / length).rounded(.up) * length
      let start = Date(timeIntervalSince1970: end - Double(days) * 86_400)
      func records(_ kind: String) async throws -> [Record] {
        try await state.records.records(RecordQuery(kind: kind, since: start, limit: Self.most))
      }
      let report = UsageReport(
        questions: try await records(Record.Kind.question), usage: try await records(Record.Kind.usage),
        from: start, to: Date(timeIntervalSince1970: end), bucket: length)
      return try .json(report)
    }

    @Sendable func days(_ text: String?) throws -> Int {
      guard let text else { return 7 }
      guard let days = Int(text), (1...366).contains(days) else {
        throw HTTPError.badRequest("days: expected a whole number from 1 to 366, found '\(text.prefix(40))'")
      }
      return days
    }
  }
}
