import Accounts
import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatKitAccessTests {
  private func status(
    _ server: RAGServerFixture, _ bearer: String?, _ headers: String...
  ) async throws -> Int {
    try await list(server, bearer, headers).status
  }

  private func list(
    _ server: RAGServerFixture, _ bearer: String?, _ headers: [String] = []
  ) async throws -> RawResponse {
    let all =
      ["Content-Type: application/json"] + headers + (bearer.map { ["Authorization: Bearer \($0)"] } ?? [])
    return try await server.send(
      "POST", "/chatkit", headers: all, body: #"{"type": "threads.list", "params": {}}"#)
  }

  private func count(_ client: ChatKitClient) async throws -> Int? {
    try await client.call("threads.list", [:], "ThreadPage")["data"]?.array?.count
  }

  @Test func `a session is needed, and one that was not begun here is refused`() async throws {
    try await withRAGServer { server in
      let without = try await list(server, nil)
      #expect(without.status == 401 && without.header("WWW-Authenticate") == "Bearer")
      #expect(try without.failure().hint?.contains("/api/chatkit/session") == true)
      for secret in ["fcs_", "fcs_eyJ1IjoiYW5uIn0.AAAA", "ek_of_openai"] {
        #expect(try await status(server, secret) == 401, "\(secret)")
      }
      let old = ChatKitSecret(
        session: "s", user: "ann", thread: nil, proof: .vouched, now: Date(timeIntervalSinceNow: -700))
      let key = try await SigningKey.load(
        settings: .init(environment: [:]), records: server.application.state.records)
      let ended = try await list(server, try old.text(key))
      #expect(ended.status == 401)
      #expect(try ended.failure().hint?.contains("/api/chatkit/refresh") == true)
    }
  }

  @Test func `a name that is merely said lists the session's own threads, one that is vouched for lists all`()
    async throws
  {
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": RAGServerFixture.adminKey])) { server in
      let ann = #"{"user_id": "ann"}"#
      let first = try await ChatKitClient(server, ann)
      let (thread, _) = try await first.begin("knee")
      #expect(try await count(first) == 1)
      let stranger = try await ChatKitClient(server, ann)
      #expect(try await count(stranger) == 0, "anybody can say ann")
      #expect(
        try await stranger.send("threads.get_by_id", ["thread_id": thread]).status == 200,
        "as with a user_id, who knows the id may read")
      let backend = "Authorization: Bearer \(RAGServerFixture.adminKey)"
      #expect(try await count(ChatKitClient(server, ann, headers: [backend])) == 1)
      let key = try await server.makeKey([.chat])
      #expect(try await count(ChatKitClient(server, ann, headers: ["X-API-Key: \(key)"])) == 1)
      // Threads that other interfaces began under the name are hers as well.
      _ = try await server.post("/api/chat", #"{"message": "elbow", "user_id": "ann"}"#)
      #expect(try await count(ChatKitClient(server, ann, headers: [backend])) == 2)
    }
  }

  @Test func `a name made here and a refreshed secret keep their threads`() async throws {
    try await withRAGServer { server in
      let first = try await ChatKitClient(server)
      _ = try await first.begin("knee")
      let again = try await ChatKitClient(server, #"{"user_id": "\#(first.session.userID)"}"#)
      #expect(try await count(again) == 1, "nobody else can know the name")
      let said = try await ChatKitClient(server, #"{"user_id": "ann"}"#)
      _ = try await said.begin("knee")
      let secret = try await server.send("POST", "/api/chatkit/refresh?token=\(said.session.clientSecret)")
        .json(ChatKitClient.Session.self).clientSecret
      let listed = try await list(server, secret).json(JSONValue.self)
      #expect(listed["data"]?.array?.count == 1)
      // The secret stands for its holder elsewhere too.
      let bearer = "Authorization: Bearer \(first.session.clientSecret)"
      let conversations = try await server.send("GET", "/api/conversations", headers: [bearer])
      #expect(try conversations.json(JSONValue.self)["conversations"]?.array?.count == 1)
    }
  }

  @Test func `nobody lists what strangers without a name have said`() async throws {
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": RAGServerFixture.adminKey])) { server in
      _ = try await server.post("/api/chat", #"{"message": "knee"}"#)
      let backend = "Authorization: Bearer \(RAGServerFixture.adminKey)"
      let page = try await ChatKitClient(server, #"{"user_id": "anonymous"}"#, headers: [backend])
      #expect(try await count(page) == 0)
    }
  }

  @Test func `an account's session ends with the sign-in, and is not renewed`() async throws {
    let variables = ["JWT_SECRET": RAGServerFixture.secret]
    try await withRAGServer(configure: environment(variables)) { server in
      #expect(try await server.send("POST", "/api/chatkit/session").status == 401, "accounts are required")
      let token = try await server.addUser("ann@example.org")
      let bearer = "Authorization: Bearer \(token)"
      let page = try await ChatKitClient(server, headers: [bearer])
      _ = try await page.begin("knee")
      #expect(try await count(page) == 1)
      #expect(try await status(server, token) == 200, "the token itself is a proof too")
      let mine = try await server.send("GET", "/api/conversations", headers: [bearer]).json(JSONValue.self)
      #expect(mine["conversations"]?.array?.count == 1)
      #expect(try await server.send("POST", "/api/auth/logout", headers: [bearer]).status == 200)
      #expect(try await status(server, page.session.clientSecret) == 401)
      let refresh = "/api/chatkit/refresh?token=\(page.session.clientSecret)"
      #expect(try await server.send("POST", refresh).status == 401)
    }
  }

  @Test func `a disabled account's session is over`() async throws {
    try await withRAGServer { server in
      let token = try await server.addUser("ann@example.org")
      let page = try await ChatKitClient(server, headers: ["Authorization: Bearer \(token)"])
      #expect(try await count(page) == 0)
      try await server.application.state.accounts.update(account: page.session.userID) {
        $0.isDisabled = true
      }
      #expect(try await status(server, page.session.clientSecret) == 401)
    }
  }

  @Test func `a session that a page's key began works from its site, as long as the key`() async throws {
    try await withRAGServer(configure: environment(["JWT_SECRET": RAGServerFixture.secret])) { server in
      let site = "Origin: https://example.org"
      let text = try await server.makeKey([.chat], origins: ["https://example.org"])
      let page = try await ChatKitClient(server, headers: ["X-API-Key: \(text)", site])
      let response = try await list(server, page.session.clientSecret, [site])
      #expect(response.status == 200)
      #expect(response.header("Access-Control-Allow-Origin") == "https://example.org")
      let other = try await list(server, page.session.clientSecret, ["Origin: https://example.net"])
      #expect(other.header("Access-Control-Allow-Origin") == nil)
      let key = try #require(try await server.application.state.accounts.keys().first)
      _ = try await server.application.state.accounts.revoke(key: key.id)
      #expect(try await status(server, page.session.clientSecret) == 401)
    }
  }

  @Test func `questions count against the limits, lists do not`() async throws {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "1 per minute"])) { server in
      let page = try await ChatKitClient(server)
      _ = try await page.begin("knee")
      let refused = try await page.send("threads.create", ["input": ChatKitClient.input("elbow")])
      #expect(refused.status == 429 && refused.header("Retry-After") != nil)
      #expect(try await count(page) == 1, "what was refused began no thread")
    }
  }
}
