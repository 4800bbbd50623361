import FoundationEssentials
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct KeyRoutesTests {
  private struct Made: Decodable {
    var key: String
    var details: Details
  }

  private struct Details: Decodable {
    var id: String
    var prefix: String
    var scopes: [String]
    var revoked: Bool
  }

  private let required = environment(["ACCOUNTS": "required", "ADMIN_API_KEY": RAGServerFixture.adminKey])
  private let admin = "Authorization: Bearer \(RAGServerFixture.adminKey)"

  @Test func `keys are made, listed and revoked by administrators`() async throws {
    try await withRAGServer(configure: required) { server async throws in
      let body =
        #"{"name": "site", "scopes": ["chat"], "origins": ["https://example.org/"], "expires_in": "90d"}"#
      let made = try await server.send(
        "POST", "/api/keys", headers: [admin, "Content-Type: application/json"], body: body)
      #expect(made.status == 201 && made.header("Cache-Control") == "no-store")
      let key = try made.json(Made.self)
      let bearer = "Authorization: Bearer \(key.key)"
      #expect(try await server.ask(bearer, "Origin: https://example.org").status == 200)

      let list = try await server.send("GET", "/api/keys", headers: [admin])
      #expect(!list.text.contains(key.key) && list.text.contains(key.details.prefix))
      #expect(try await server.send("DELETE", "/api/keys/\(key.details.id)", headers: [admin]).status == 200)
      #expect(try await server.ask(bearer, "Origin: https://example.org").status == 401)
      #expect(try await server.send("DELETE", "/api/keys/nothing", headers: [admin]).status == 404)
      #expect(try await server.send("GET", "/api/keys").status == 401)
      #expect(try await server.send("GET", "/api/keys", headers: [bearer]).status == 401)
    }
  }

  @Test(arguments: [
    (#"{"name": "x", "scopes": ["everything"]}"#, "scopes"), (#"{"name": "x", "scopes": []}"#, "scope"),
    (#"{"name": "x", "scopes": ["admin"], "origins": ["https://example.org"]}"#, "ingest and admin"),
    (#"{"name": "x", "scopes": ["chat"], "origins": ["*"]}"#, "every site"),
    (#"{"name": "x", "scopes": ["chat"], "origins": ["example.org"]}"#, "https://example.org"),
    (#"{"name": "x", "scopes": ["chat"], "expires_in": "soon"}"#, "duration"),
    (#"{"scopes": ["chat"]}"#, "name"),
  ])
  func `a key that makes no sense is refused with the reason`(body: String, reason: String) async throws {
    try await withRAGServer(configure: required) { server async throws in
      let response = try await server.send(
        "POST", "/api/keys", headers: [admin, "Content-Type: application/json"], body: body)
      #expect(response.status == 400)
      #expect(try response.failure().message.contains(reason))
    }
  }

  @Test func `a key does what its scope says and nothing else`() async throws {
    try await withRAGServer(configure: required) { server async throws in
      for scope in APIKey.Scope.allCases {
        let bearer = "Authorization: Bearer \(try await server.makeKey([scope]))"
        let json = "Content-Type: application/json"
        let chat = try await server.ask(bearer)
        #expect(chat.status == (scope == .chat || scope == .admin ? 200 : 403), "\(scope) asks")
        let search = try await server.send(
          "POST", "/api/search", headers: [bearer, json], body: #"{"query": "knee"}"#)
        #expect(search.status == (scope == .search || scope == .admin ? 200 : 403), "\(scope) searches")
        let keys = try await server.send("GET", "/api/keys", headers: [bearer])
        #expect(keys.status == (scope == .admin ? 200 : 403), "\(scope) lists keys")
      }
    }
  }

  @Test func `a page's key only asks, and only from its pages`() async throws {
    try await withRAGServer(configure: required) { server async throws in
      let key = try await server.makeKey([.chat], origins: ["https://example.org"])
      let bearer = "Authorization: Bearer \(key)"
      let allowed = try await server.ask(bearer, "Origin: https://example.org")
      #expect(allowed.status == 200)
      #expect(allowed.header("Access-Control-Allow-Origin") == "https://example.org")
      #expect(allowed.header("Access-Control-Allow-Credentials") == nil)
      for origin in [
        "https://example.org.evil.example", "http://example.org", "https://EXAMPLE.org", "null",
        "https://other.example",
      ] {
        let refused = try await server.ask(bearer, "Origin: \(origin)")
        #expect(refused.status == 403 && refused.header("Access-Control-Allow-Origin") == nil)
      }
      #expect(try await server.ask(bearer).status == 403)
      #expect(try await server.ask("X-API-Key: \(key)", "Origin: https://example.org").status == 200)
      let search = try await server.send(
        "POST", "/api/search",
        headers: [bearer, "Origin: https://example.org", "Content-Type: application/json"],
        body: #"{"query": "knee"}"#)
      #expect(search.status == 403)
    }
  }

  @Test func `preflights are allowed for the pages of keys, which may then send none`() async throws {
    try await withRAGServer(configure: required) { server async throws in
      _ = try await server.makeKey([.chat], origins: ["https://example.org"])
      func preflight(_ origin: String) async throws -> RawResponse {
        try await server.send(
          "OPTIONS", "/api/chat",
          headers: [
            "Origin: \(origin)", "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization, content-type",
          ])
      }
      let allowed = try await preflight("https://example.org")
      #expect(allowed.status == 204)
      #expect(allowed.header("Access-Control-Allow-Origin") == "https://example.org")
      #expect(allowed.header("Access-Control-Allow-Headers") == "authorization, content-type")
      #expect(try await preflight("https://other.example").status == 403)
      // Without the key the page gets no answer that it could read.
      let without = try await server.ask("Origin: https://example.org")
      #expect(without.status == 401 && without.header("Access-Control-Allow-Origin") == nil)
    }
  }

  @Test func `an administrator's account may administer, and another may not`() async throws {
    try await withRAGServer(configure: required) { server async throws in
      let ann = try await server.addUser("ann@example.org", isAdministrator: true)
      let bob = try await server.addUser("bob@example.org")
      #expect(
        try await server.send("GET", "/api/keys", headers: ["Authorization: Bearer \(ann)"]).status == 200)
      #expect(
        try await server.send("GET", "/api/keys", headers: ["Authorization: Bearer \(bob)"]).status == 403)
    }
  }
}
