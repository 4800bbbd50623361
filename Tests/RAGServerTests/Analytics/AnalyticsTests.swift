import Commands
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct AnalyticsTests {
  private struct Events: Decodable { var events: [AnalyticsRoutes.Event] }
  private struct Errors: Decodable { var errors: [AnalyticsRoutes.Event] }
  private static let key = "admin-key-of-the-tests"
  private static let admin = ["Authorization: Bearer \(key)"]
  private let configure = setting(\.settings, Settings(environment: ["ADMIN_API_KEY": key]))

  @Test func `what pages report is kept for the administrator`() async throws {
    try await withRAGServer(configure: configure) { server in
      let message = #"{"user_id": "ann", "thread_id": "t1", "text_length": 12}"#
      let reply = try await server.post("/api/analytics/message", message)
      #expect(reply.status == 200 && reply.text == #"{"status":"tracked"}"#)
      let change = try await server.post("/api/analytics/thread-change", #"{"thread_id": "t2"}"#)
      #expect(change.text == #"{"status":"tracked"}"#)
      let error = try await server.post("/api/errors", #"{"message": "x is undefined", "url": "/a"}"#)
      #expect(error.text == #"{"status":"logged"}"#)

      let all = try await server.send("GET", "/api/analytics", headers: Self.admin).json(Events.self).events
      #expect(all.map(\.kind) == ["thread_change", "message"])
      #expect(all.last?.user == "ann" && all.last?.data["text_length"] == 12)
      let changes = try await server.send(
        "GET", "/api/analytics?kind=thread-change&since=2020-01-01", headers: Self.admin
      ).json(Events.self).events
      #expect(changes.map { $0.data["thread_id"] } == ["t2"])
      let none = try await server.send(
        "GET", "/api/analytics?since=4000000000", headers: Self.admin
      ).json(Events.self).events
      #expect(none.isEmpty)
      let errors = try await server.send("GET", "/api/errors", headers: Self.admin).json(Errors.self).errors
      #expect(errors.map { $0.data["message"] } == ["x is undefined"])
    }
  }

  @Test(arguments: ["/api/analytics", "/api/errors"])
  func `only the administrator reads them`(path: String) async throws {
    try await withRAGServer(configure: configure) { server in
      let without = try await server.send("GET", path)
      let wrong = try await server.send("GET", path, headers: ["X-API-Key: wrong"])
      #expect(without.status == 401 && wrong.status == 401)
    }
  }

  @Test(arguments: ["[]", "3", "{", #""text""#])
  func `a report is an object`(body: String) async throws {
    try await withRAGServer { server in
      let response = try await server.post("/api/errors", body)
      #expect(response.status == 400)
    }
  }

  @Test func `a wrong time is refused by name`() async throws {
    try await withRAGServer(configure: configure) { server in
      let response = try await server.send("GET", "/api/errors?since=yesterday", headers: Self.admin)
      #expect(response.status == 400)
      #expect(try response.failure().message.hasPrefix("since: expected a time"))
    }
  }

  @Test func `one address cannot fill the state`() async throws {
    try await withRAGServer { server in
      var last = 200
      for _ in 0..<300 where last == 200 { last = try await server.post("/api/errors", "{}").status }
      #expect(last == 429)
      #expect(try await server.send("GET", "/health").status == 200)
    }
  }
}
