import FoundationEssentials
import HTTPServer
import Models
import State

/// What pages report of their use and of their errors, and how an administrator asks for it.
struct AnalyticsRoutes {
  struct Event: Codable, Equatable {
    var id: String
    /// `message` or `thread_change`; nil for an error.
    var kind: String?
    /// Who sent it, as far as that was said.
    var user: String?
    /// ISO 8601.
    var at: String
    /// What was sent.
    var data: JSONValue
  }

  let callers: Callers
  let records: any RecordStore
  let limits: Limits
  let reports: ReportVolume

  func add(to api: RouteGroup) {
    let open = api.group(middleware: [PublicLimit(limits: limits)], bodyLimit: 1 << 16)
    for (path, event) in [("message", "message"), ("thread-change", "thread_change")] {
      open.post("/analytics/\(path)") { request in
        try await keep(request, kind: Record.Kind.analytics, subject: event)
        return try .reply(["status": "tracked"])
      }
    }
    open.post("/errors") { request in
      try await keep(request, kind: Record.Kind.clientError, subject: nil)
      return try .reply(["status": "logged"])
    }
    api.get("/analytics") { request in
      let kind = try request.query.choice("kind", EventKind.self, EventKind.allCases.map(\.rawValue))
      let events = try await events(request, kind: Record.Kind.analytics, subject: kind?.name)
      return try .reply(["events": events])
    }
    api.get("/errors") { request in
      try .reply(["errors": try await events(request, kind: Record.Kind.clientError, subject: nil)])
    }
  }

  private enum EventKind: String, CaseIterable {
    case message
    case threadChange = "thread_change"
    case threadChangeAsInPath = "thread-change"

    var name: String { self == .message ? "message" : "thread_change" }
  }

  private func keep(_ request: Request, kind: String, subject: String?) async throws {
    let data = try request.decodeJSON(JSONValue.self)
    guard case .object = data else {
      throw HTTPError.badRequest("expected an object, found another value")
    }
    let caller = try await callers.caller(of: request)
    // A report is worth keeping whoever it says it is of. One character may be thousands of scalars.
    let named = data["user_id"]?.string.map {
      String($0.replacing("\0", with: "").unicodeScalars.prefix(RequestText.longestName))
    }
    try await records.add(
      Record(
        id: "evt_" + UUID().uuidString.lowercased(), kind: kind, owner: caller.owner(named: named),
        createdAt: Date(), subject: subject, content: data))
    reports.add(request.body.count + RecordRetention.overhead)
  }

  private func events(_ request: Request, kind: String, subject: String?) async throws -> [Event] {
    try await callers.requireAdministrator(request)
    let query = RecordQuery(
      kind: kind, subject: subject, since: try request.query.time("since"),
      limit: try request.query.integer("limit", in: 1...10_000) ?? 1000)
    return try await records.records(query).map { record in
      Event(
        id: record.id, kind: record.subject, user: record.owner?.name,
        at: record.createdAt.formatted(.iso8601), data: record.content)
    }
  }
}
