import TestSupport
import Testing

/// Who somebody is, known to all servers.
@Suite(.enabled(if: ServerGroupNeeds.areMet, ServerGroupNeeds.absence), .timeLimit(.minutes(3)))
struct SharedSessionTests {
  private struct SignedIn: Decodable {
    var token: String
  }

  private struct MadeKey: Decodable {
    struct Details: Decodable {
      var id: String
    }

    var key: String
    var details: Details
  }

  private struct Conversations: Decodable {
    struct Conversation: Decodable {
      var messageCount: Int

      enum CodingKeys: String, CodingKey {
        case messageCount = "message_count"
      }
    }

    var conversations: [Conversation]
  }

  /// The answers of all three.
  private func statuses(
    _ group: ServerGroup, _ method: String, _ target: String, body: String = "", header: String
  ) async throws -> [Int] {
    var statuses: [Int: Int] = [:]
    for _ in 0..<3 {
      let response = try await group.send(method, target, body, headers: [header])
      statuses[try #require(group.server(of: response))] = response.status
    }
    return (0..<3).map { statuses[$0] ?? 0 }
  }

  @Test(arguments: SeveralServersTests.Place.testable)
  func `a cookie goes on with its conversation everywhere`(place: SeveralServersTests.Place) async throws {
    try await place.run { group in
      let first = try await group.send("POST", "/chat", #"{"prompt":"Does the knee bend?"}"#)
      let cookie = String(try #require(first.header("Set-Cookie")).prefix { $0 != ";" })
      var servers = [try #require(group.server(of: first))]
      for number in 0..<5 {
        let next = try await group.send(
          "POST", "/chat", #"{"prompt":"And \#(number)?"}"#, headers: ["Cookie: \(cookie)"])
        #expect(next.status == 200 && next.header("Set-Cookie") == nil, "nobody makes a new one")
        servers.append(try #require(group.server(of: next)))
      }
      #expect(Set(servers) == [0, 1, 2])
      for _ in 0..<3 {
        let list: Conversations = try await group.send(
          "GET", "/api/conversations", headers: ["Cookie: \(cookie)"]
        ).json()
        #expect(list.conversations.map(\.messageCount) == [12])
      }
    }
  }

  @Test func `who signs in at one is known to all, and who signs out to none`() async throws {
    try await withServerGroup(["ACCOUNTS": "required"]) { group in
      let password = "correct horse battery"
      #expect(
        try await group.run(
          "ragserver", "user", "add", "ann@example.org", input: "\(password)\n\(password)\n")
          == 0)
      let login = #"{"email":"ann@example.org","password":"\#(password)"}"#
      let signedIn: SignedIn = try await group.send("POST", "/api/auth/login", login).json()
      let header = "Authorization: Bearer \(signedIn.token)"
      #expect(try await statuses(group, "GET", "/api/auth/me", header: header) == [200, 200, 200])
      #expect(
        try await statuses(group, "POST", "/api/search", body: #"{"query":"knee"}"#, header: header) == [
          200, 200, 200,
        ])
      #expect(try await group.send("POST", "/api/auth/logout", "{}", headers: [header]).status == 200)
      #expect(try await statuses(group, "GET", "/api/auth/me", header: header) == [401, 401, 401])
      // Of the five attempts in a minute one is used up; guessing at all three at once brings no more of them.
      var attempts: [Int] = []
      for _ in 0..<6 {
        let wrong = #"{"email":"ann@example.org","password":"wrong horse battery"}"#
        attempts.append(try await group.send("POST", "/api/auth/login", wrong).status)
      }
      #expect(attempts == [401, 401, 401, 401, 429, 429])
    }
  }

  @Test func `a key that is made at one opens all, and revoked opens none`() async throws {
    try await withServerGroup(["ACCOUNTS": "required"]) { group in
      let made: MadeKey = try await group.administer(
        "POST", "/api/keys", #"{"name":"program","scopes":["search"]}"#
      ).json()
      let search = #"{"query":"knee"}"#
      #expect(
        try await statuses(group, "POST", "/api/search", body: search, header: "X-API-Key: \(made.key)") == [
          200, 200, 200,
        ])
      #expect(try await group.administer("DELETE", "/api/keys/\(made.details.id)").status == 200)
      #expect(
        try await statuses(group, "POST", "/api/search", body: search, header: "X-API-Key: \(made.key)") == [
          401, 401, 401,
        ])
    }
  }
}
