import Commands
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct SignInRoutesTests {
  private struct Me: Decodable {
    var email: String?
    var isAdministrator: Bool

    enum CodingKeys: String, CodingKey {
      case email
      case isAdministrator = "is_administrator"
    }
  }

  @Test(arguments: [
    [:], ["JWT_SECRET": RAGServerFixture.secret, "JWT_ISSUER": "me", "JWT_AUDIENCE": "a, b"],
  ])
  func `people sign in, are known by their token, and sign out`(variables: [String: String]) async throws {
    try await withRAGServer(configure: environment(variables)) { server async throws in
      let token = try await server.addUser("ann@example.org", isAdministrator: true)
      let bearer = "Authorization: Bearer \(token)"
      let me = try await server.send("GET", "/api/auth/me", headers: [bearer])
      #expect(me.status == 200 && me.header("Cache-Control") == "no-store")
      let user = try me.json(Me.self)
      #expect(user.email == "ann@example.org" && user.isAdministrator)
      #expect(try await server.ask(bearer).status == 200)

      #expect(try await server.send("POST", "/api/auth/logout", headers: [bearer]).status == 200)
      let after = try await server.send("GET", "/api/auth/me", headers: [bearer])
      #expect(after.status == 401)
      #expect(try after.failure().code == "authentication")
      #expect(try await server.ask(bearer).status == 401)
      #expect(try await server.signIn("ann@example.org").status == 200)
    }
  }

  @Test func `without a secret in the settings the state keeps one, also over restarts`() async throws {
    try await withRAGServer { server async throws in
      let token = try await server.addUser("ann@example.org")
      var configuration = ApplicationConfiguration(
        database: server.database, log: .init(output: .init(results: MemorySink(), messages: MemorySink()))
      ) { _ in server.model }
      configuration.server.port = 0
      let second = try await buildApplication(configuration: configuration)
      let port = try second.server.start().port
      let other = RAGServerFixture(
        place: server.place, model: server.model, port: port, messages: server.messages,
        application: second)
      let bearer = "Authorization: Bearer \(token)"
      #expect(try await other.send("GET", "/api/auth/me", headers: [bearer]).status == 200)
      // What one server is told, the other knows.
      #expect(try await server.send("POST", "/api/auth/logout", headers: [bearer]).status == 200)
      #expect(try await other.send("GET", "/api/auth/me", headers: [bearer]).status == 401)
      await second.stop(within: .zero)
    }
  }

  @Test func `who fails to sign in is told nothing but that`() async throws {
    try await withRAGServer { server async throws in
      _ = try await server.addUser("ann@example.org")
      let wrong = try await server.signIn("ann@example.org", "wrong password")
      let unknown = try await server.signIn("eve@example.org", "wrong password")
      #expect(wrong.status == 401 && unknown.status == 401)
      let (first, second) = (try wrong.failure(), try unknown.failure())
      #expect(first.code == "authentication" && first.message == "Authentication failed")
      #expect(first.message == second.message && first.hint == second.hint)
    }
  }

  @Test func `many attempts are locked out with the time to wait`() async throws {
    try await withRAGServer { server async throws in
      for _ in 0..<5 { #expect(try await server.signIn("eve@example.org", "wrong password").status == 401) }
      let locked = try await server.signIn("eve@example.org", "wrong password")
      #expect(locked.status == 429)
      #expect(try locked.failure().code == "rate_limited")
      #expect(try #require(locked.header("Retry-After").flatMap(Int.init)) <= 61)
    }
  }

  @Test func `with accounts off nobody signs in and tokens are not looked at`() async throws {
    try await withRAGServer(
      configure: environment(["ACCOUNTS": "off", "JWT_SECRET": RAGServerFixture.secret])
    ) {
      server async throws in
      #expect(try await server.signIn("ann@example.org").status == 403)
      #expect(try await server.ask("Authorization: Bearer nonsense").status == 200)
    }
  }

  @Test func `with a secret configured a question needs a user, unless accounts are optional`() async throws {
    let secret = ["JWT_SECRET": RAGServerFixture.secret]
    try await withRAGServer(configure: environment(secret)) { server async throws in
      let anonymous = try await server.ask()
      #expect(anonymous.status == 401 && anonymous.header("WWW-Authenticate") == "Bearer")
      let failure = try anonymous.failure()
      #expect(failure.code == "authentication" && failure.message == "Authentication failed")
      #expect(try await server.ask("Authorization: Bearer \(token())").status == 200)
      #expect(try await server.post("/api/search", #"{"query": "knee"}"#).status == 401)
      #expect(try await server.send("GET", "/health").status == 200)
    }
    try await withRAGServer(configure: environment(secret.merging(["ACCOUNTS": "optional"]) { $1 })) {
      server async throws in
      #expect(try await server.ask().status == 200)
      #expect(try await server.ask("Authorization: Bearer \(token())").status == 200)
      #expect(try await server.ask("Authorization: Bearer nonsense").status == 401)
    }
  }

  @Test func `a key set's users are known, and a foreign key is ignored where nothing is configured`()
    async throws
  {
    try await withRAGServer { server async throws in
      #expect(try await server.ask("Authorization: Bearer sk-unused").status == 200)
      #expect(try await server.ask("Authorization: Bearer a.b.c").status == 401)
    }
  }

  @Test func `the log says why a token was refused, and not which`() async throws {
    try await withRAGServer(configure: environment(["JWT_SECRET": RAGServerFixture.secret])) {
      server async throws in
      let expired = token(["exp": 1_000_000_000])
      #expect(try await server.ask("Authorization: Bearer \(expired)").status == 401)
      await server.application.stop(within: .seconds(10))
      let log = server.messages.text
      #expect(log.contains("A token was refused: expired") && !log.contains(String(expired.suffix(20))))
    }
  }
}
