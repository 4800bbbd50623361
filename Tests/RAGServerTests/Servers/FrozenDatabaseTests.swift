import Commands
import TestSupport
import Testing

@testable import RAGServer

/// A server whose state database hangs: its connections stay, and nothing is answered.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, Comment(rawValue: PostgreSQLServer.absence)))
struct FrozenDatabaseTests {
  private func post(
    _ target: String, _ body: String, _ server: RAGServerFixture
  ) async throws -> (RawResponse, Duration) {
    let port = server.port
    let start = ContinuousClock.now
    let response = try await RawHTTPClient.onThread {
      let client = try RawHTTPClient(port: port, timeoutMilliseconds: 30_000)
      try client.send(ServerGroup.head("POST", target, body) + body)
      return try client.readResponse()
    }
    return (response, .now - start)
  }

  @Test func `chats fail soon, questions of no conversation are answered, and all goes on afterwards`()
    async throws
  {
    let database = try await PostgreSQLServer.shared
    let settings = Settings(environment: ["DATABASE_URL": try await database.emptySchema()])
    let chat = #"{"message": "How far does the knee joint bend?"}"#
    let question =
      #"{"model": "footnote", "messages": [{"role": "user", "content": "How far does the knee joint bend?"}]}"#
    let configure: (inout ApplicationConfiguration) -> Void = {
      $0.settings = settings
      $0.state.settings = settings
    }
    try await withRAGServer(configure: configure) { server in
      #expect(try await post("/api/chat", chat, server).0.status == 200)
      try database.freeze()
      defer { try? database.thaw() }
      let (failed, wait) = try await post("/api/chat", chat, server)
      #expect(failed.status == 503)
      #expect(try failed.failure().code == "state_unavailable")
      #expect(wait < .seconds(7), "\(wait)")
      let (answered, time) = try await post("/v1/chat/completions", question, server)
      #expect(answered.status == 200 && answered.text.contains("120 degrees"))
      #expect(time < .seconds(5), "\(time)")
      try database.thaw()
      let start = ContinuousClock.now
      while try await post("/api/chat", chat, server).0.status != 200 {
        try #require(.now - start < .seconds(15))
      }
    }
  }
}
